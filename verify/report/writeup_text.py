"""A checked write-up as text: beside each formula where it stands and its verdict, under it the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from verify.diagnose import Told
from verify.language import Judgment, Unreadable, word
from verify.report.reason import why
from verify.report.results import CheckedFile
from verify.report.text import VERDICTS, Paint, counted, evidence, plain, visible, wrapped

SIGNS = {"<=": r"\le", ">=": r"\ge", "in": r"\in", "to": r"\to", "shape": r"\in"}


def writeup_lines(file: CheckedFile, width: int, paint: Paint = plain) -> Iterator[str]:
    """Where the names come from, the links by question, and how many got which verdict."""
    yield visible(f"{file.path}, with {'no file of names' if file.context is None else f'the names of {file.context}'}")
    margin = max((len(_place(judgment, file.path)) for judgment in file.judgments), default=0)
    for question, judgments in groupby(file.judgments, lambda judgment: judgment.question):
        yield ""
        if question is not None:
            yield f"Question {visible(question)}"
        before = None
        for judgment in judgments:
            place = f"{_place(judgment, file.path):>{margin + 2}}  "
            yield from _link_lines(judgment, file.told(judgment), before, place, width, paint)
            before = judgment
    yield from ("", summary(file))


def summary(file: CheckedFile) -> str:
    """How many displays and links there are, and how many links got which verdict: nothing is left out."""
    return _counted(file.displays, Counter(word(judgment.verdict) for judgment in file.judgments))


def total(files: int, displays: int, verdicts: Counter[str]) -> str:
    """The same for several files together."""
    return f"{counted(files, 'file')}, {_counted(displays, verdicts)}"


def _counted(displays: int, verdicts: Counter[str]) -> str:
    words = ", ".join(f"{verdicts[each]} {each}" for each in VERDICTS)
    return f"{counted(displays, 'display')}, {counted(verdicts.total(), 'link')}: {words}"


def _link_lines(
    judgment: Judgment, told: Told | None, before: Judgment | None, place: str, width: int, paint: Paint
) -> Iterator[str]:
    verdict = word(judgment.verdict)
    blank = " " * len(f"{place}{verdict:<10}  ")
    room = width - len(blank)
    above, formula = _formula(judgment, before, room)
    yield from (blank + line for line in above)
    yield f"{place}{paint(f'{verdict:<10}', verdict)}  {formula[0]}"
    yield from (blank + line for line in formula[1:])
    for text in (*evidence(judgment), *diagnosis(judgment, told)):
        yield from (blank + line for line in wrapped(text, room, "    ", "      "))


def diagnosis(judgment: Judgment, told: Told | None) -> Iterator[str]:
    """Where a link fails, in numbers to be redone by hand, if the evidence has longer ones; and the mistake."""
    if told is None:
        return
    if told.witness is not None and told.witness not in (why(judgment.verdict) or ""):
        yield f"in round numbers: {told.witness}"
    yield told.shown


def _formula(judgment: Judgment, before: Judgment | None, room: int) -> tuple[list[str], list[str]]:
    """The formula in lines: those above the line of the verdict, and that line with those below it.

    A link that goes on from the one before shows its right side alone, as the write-up does.
    """
    if isinstance(judgment.verdict, Unreadable):
        return [], [*wrapped(why(judgment.verdict) or "", room, "", "    "), *_caret(judgment.verdict, room)]
    if judgment.relation is None or judgment.right is None:
        return [], wrapped(judgment.left, room, "", "    ")
    right = f"{SIGNS.get(judgment.relation, judgment.relation)} {judgment.right}"
    whole = f"{judgment.left} {right}"
    if before is not None and before.right == judgment.left and not judgment.begins:
        return [], wrapped(right, room, "  ", "      ")
    if len(whole) <= room:
        return [], [visible(whole)]
    return wrapped(judgment.left, room, "", "    "), wrapped(right, room, "  ", "      ")


def _caret(unreadable: Unreadable, room: int) -> list[str]:
    """The line that could not be read, or as much of it as there is room for, and a caret under the place."""
    source, at = visible(unreadable.source), unreadable.column - 1
    start = max(0, min(at - room // 2, len(source) - room))
    shown = ("…" if start else "") + source[start + (start > 0) : start + room]
    if start + room < len(source):
        shown = shown[:-1] + "…"
    return [shown, " " * (at - start) + "^"] if source.strip() else []


def _place(judgment: Judgment, path: str) -> str:
    """Line and column, in a notebook after the cell."""
    at = judgment.at
    if at is None:
        return ""
    cell = at.path.removeprefix(path).removeprefix(":") if at.path != path else ""
    return f"{cell + ':' if cell else ''}{at.line}:{at.column}"
