"""How a verdict was reached, in words: normal forms, what was replayed, or the residual that is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from verify.kernel.decide import Forms, Trace, decide
from verify.language import Link
from verify.language.verdict import Cutoff, Induction, Misshapen, Proved, Refuted, Stated, Undecided, Unreadable


def explain(link: Link) -> str:
    r"""A link, the verdict on it and the evidence, line by line.

    >>> from verify.language import equal, scalar
    >>> z = scalar("z")
    >>> link, = equal(z / z, 1).links()
    >>> print(explain(link))
    \frac{z}{z} = 1
    proved by normal form, wherever z \ne 0
      left   1
      right  1
      replayed at 1 instance, modular arithmetic
    """
    return "\n".join(_lines(link))


def _lines(link: Link) -> Iterator[str]:
    yield str(link)
    trace = Trace()
    verdict = decide(link, trace, second=True)
    match verdict:
        case Proved():
            where = f", wherever {', '.join(map(str, verdict.conditions))}" if verdict.conditions else ""
            yield f"proved by {verdict.method}{where}"
            yield from _forms(trace)
            if verdict.exact_range is not None:
                yield f"  the range is {'; '.join((str(verdict.exact_range), *verdict.attained))}"
            if verdict.induction is not None:
                yield from _induction(verdict.induction)
            yield from _replayed(verdict)
        case Refuted():
            yield f"refuted {verdict.witness}"
        case Undecided():
            yield f"undecided ({verdict.reason}): {verdict.says}"
            yield from _forms(trace)
            if verdict.residual is not None:
                yield f"  left - right comes down to {verdict.residual}: a rule that makes this zero is missing"
        case Misshapen() | Unreadable() | Stated():
            yield str(verdict)
        case _:
            assert_never(verdict)


def _induction(shown: Induction) -> Iterator[str]:
    yield f"  {'for ' + shown.over + ' = 1' if shown.over else 'first'}:  {shown.first}"
    yield f"  {'hypothesis' if shown.over else 'known'}:  {shown.hypothesis}"
    yield f"  step:  {shown.step}"


def _replayed(proved: Proved) -> Iterator[str]:
    replay = proved.replay
    sizes = "" if replay.sizes == ("no dimension",) else f" ({'; '.join(replay.sizes)})"
    arithmetic = "modular" if replay.arithmetic == "modular" else "ball"
    if replay.instances:
        instances = f"{replay.instances} instance{'s' * (replay.instances != 1)}"
        yield f"  replayed at {instances}, {arithmetic} arithmetic{sizes}"
    if proved.cutoff is not None and proved.cutoff.sizes:
        yield f"  and again by all sizes up to {_sizes(proved.cutoff)}"


def _sizes(cutoff: Cutoff) -> str:
    return ", ".join(f"{name} = {size}" for name, size in cutoff.sizes)


def _forms(trace: Trace) -> Iterator[str]:
    if trace.cleared:
        yield "  left - right is 0 once it is multiplied by the matrices that are inverted in it"
        return
    for forms in trace.forms:
        if forms.words:
            yield f"  where {forms.words}:"
        yield from _sides(forms)


def _sides(forms: Forms) -> Iterator[str]:
    indent = "    " if forms.words else "  "
    yield f"{indent}left   {forms.shown(forms.left)}"
    yield f"{indent}right  {forms.shown(forms.right)}"
