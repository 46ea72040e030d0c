"""What needs a person, as lines of text: links, alike ones together, and the parts whose points are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from verify.grade.summary import EXAMPLES, Group
from verify.report.text import counted, visible, wrapped


def review_lines(found: Sequence[Group], doubts: Sequence[tuple[str, str, str]], width: int) -> Iterator[str]:
    """The links that need a person, the most frequent first, and then the parts."""
    if not found and not doubts:
        yield "nothing needs a person"
        return
    for group in found:
        question = "" if group.question is None else f", question {visible(group.question)}"
        yield f"{group.key}  {counted(len(group.submissions), 'time')}{question}: {group.verdict}"
        yield from wrapped(group.text, width, "  ", "    ")
        yield from wrapped(group.why, width, "    ", "    ")
        yield from wrapped(f"in {', '.join(_first(group.submissions))}", width, "    ", "    ")
    if doubts:
        yield from ("", "Parts with points for a person")
    many = Counter((part, why) for _, part, why in doubts)
    for (part, why), times in sorted(many.items(), key=lambda pair: (-pair[1], pair[0])):
        who = [submission for submission, other, said in doubts if (other, said) == (part, why)]
        yield from wrapped(f"{part}, {counted(times, 'time')}: {why}", width, "  ", "    ")
        yield from wrapped(f"in {', '.join(_first(who))}", width, "    ", "    ")
    yield from ("", "What you decide goes into overrides.toml in this folder, and is kept when you grade again:")
    yield from ("  [[override]]", f'  link = "{found[0].key if found else "…"}"', '  verdict = "proved"')
    yield '  reason = "…"'


def _first(names: Sequence[str]) -> list[str]:
    distinct = list(dict.fromkeys(names))
    rest = len(distinct) - EXAMPLES
    return [*map(visible, distinct[:EXAMPLES]), *([f"and {rest} more"] if rest > 0 else [])]
