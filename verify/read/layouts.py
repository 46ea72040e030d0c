"""Layouts of derivatives where they are left open, or where another one would make a link true.

With the layout ``any``, one layout is chosen for all derivatives of a question: that in which most of them are
proved. A mixture is refused, since the links are judged in the one that is chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from verify.language import Judgment, Location, Misshapen, Proved, Refuted
from verify.read.context import Context
from verify.read.conventions import LAYOUTS, Layout
from verify.read.endings import Decide
from verify.read.judge import judge, judge_step
from verify.read.step import Document, Step

Reading = Callable[[Context], Document]
Judged = tuple[Document, tuple[Judgment, ...]]


def judged(reading: Reading, context: Context, decide: Decide | None = None) -> Judged:
    """A write-up as it is read in a context, with the verdicts on its steps.

    A link that is wrong, and proved in another layout, says so. ``decide`` finds the verdict on a link, where not the
    usual way is taken.
    """
    if any(setting.any_layout for setting in context.settings):
        context = _chosen(reading, context, decide)
    document = reading(context)
    return document, _hinted(document, context, judge(document, decide), decide)


def _chosen(reading: Reading, context: Context, decide: Decide | None) -> Context:
    """The context with a layout for each question that leaves it open."""
    questions = {setting.question for setting in context.settings}
    proved: dict[str | None, dict[Layout, int]] = {question: dict.fromkeys(LAYOUTS, 0) for question in questions}
    for layout in LAYOUTS:
        for step in reading(context.in_layouts(dict.fromkeys(questions, layout))).steps:
            if step.layout is not None and isinstance(judge_step(step, decide).verdict, Proved):
                proved[step.question if step.question in questions else None][layout] += 1
    best = {question: max(LAYOUTS, key=counts.__getitem__) for question, counts in proved.items()}
    return context.in_layouts(best)


def _hinted(
    document: Document, context: Context, judgments: tuple[Judgment, ...], decide: Decide | None
) -> tuple[Judgment, ...]:
    """The judgments, those that another layout would save saying which."""
    found = list(judgments)
    wrong = [at for at, each in enumerate(judgments) if _may_be_saved(each)]
    places = {place for at in wrong if (place := judgments[at].at) is not None}
    others: dict[Layout, dict[tuple[Location, str | None], Step]] = {}
    for at in wrong:
        judgment = judgments[at]
        for layout in LAYOUTS:
            if layout == judgment.layout:
                continue
            if layout not in others:
                steps = document.again(context.in_layout(layout), places)
                others[layout] = {(step.at, step.right): step for step in steps}
            other = None if judgment.at is None else others[layout].get((judgment.at, judgment.right))
            if other is not None and isinstance(judge_step(replace(other, repair=tuple), decide).verdict, Proved):
                says = f"proved in the {layout} layout"
                before = "" if judgment.suggestion is None else f"{judgment.suggestion}; "
                found[at] = replace(judgment, suggestion=before + says)
                break
    return tuple(found)


def _may_be_saved(judgment: Judgment) -> bool:
    """Whether a link is wrong, and derivatives stand in it."""
    return isinstance(judgment.verdict, Refuted | Misshapen) and _is_derivative(judgment)


def _is_derivative(judgment: Judgment) -> bool:
    """Whether derivatives stand in a link; of one whose shapes do not fit, it is not known in which layout."""
    written = f"{judgment.left} {judgment.right}"
    return judgment.layout is not None or any(sign in written for sign in (r"\partial", r"\nabla", r"\frac{d"))
