"""What an assignment says, as lines of text: its own answers with their verdicts, and what each name means."""

from __future__ import annotations

from collections.abc import Iterator

from verify.grade.asked import Asked
from verify.grade.assignment import Assignment
from verify.grade.points import counted_points
from verify.language import Array, Component, Defined, Dimension, Name, Proved, Stated, describe, latex, shape, word
from verify.language.shape import Mismatch
from verify.read.conventions import LAYOUTS
from verify.read.scope import (
    USUAL,
    Elementwise,
    FunctionFamily,
    Indexed,
    Layered,
    Meaning,
    Operation,
    Quantity,
    Sliced,
    Template,
)
from verify.read.setting import Setting
from verify.report.reason import why
from verify.report.text import wrapped


def is_sound(asked: Asked) -> bool:
    """Whether the answer of an assignment is proved, or says what a name is that is left open."""
    return isinstance(asked.verdict, Proved | Stated) or asked.is_open_name


def assignment_lines(assignment: Assignment, width: int) -> Iterator[str]:
    """The parts with the verdicts on their answers, then the names of each question."""
    yield f"{assignment.title}: {counted_points(assignment.points)}"
    known = {each.part.id: each for each in assignment.parts}
    for part in assignment.all_parts:
        worth = f"{counted_points(part.points)}{', bonus' if part.bonus else ''}"
        if part.id not in known:
            yield f"  {part.id}  {worth}  for a person"
            continue
        asked = known[part.id]
        said = "answers a name that is left open" if asked.is_open_name else word(asked.verdict)
        yield f"  {part.id}  {worth}  {said}"
        yield from wrapped(f"{part.asks} = {part.answer}", width, "    ", "      ")
        if not is_sound(asked):
            yield from wrapped(why(asked.verdict) or "", width, "      ", "      ")
        for doubt in doubts(asked):
            yield from wrapped(f"ambiguous: {doubt}", width, "      ", "        ")
    for setting in assignment.context.settings:
        if setting.question is not None:
            yield from _names(setting, width)


def doubts(asked: Asked) -> Iterator[str]:
    """How a part may be understood otherwise: what was assumed to read it, where it holds alone, and other layouts."""
    for each in asked.step.assumed:
        yield f"it is assumed that {each}"
    if isinstance(asked.verdict, Proved):
        for condition in asked.verdict.conditions:
            yield f"the answer holds only where {condition}"
    if asked.step.layout is not None and not asked.setting.any_layout:
        others = {each: asked.in_layout(each) for each in LAYOUTS if each != asked.setting.layout}
        wrong = [each for each, other in others.items() if other is None or not is_sound(other)]
        if wrong:
            says = f"right in the {asked.setting.layout} layout, and wrong in the {' and the '.join(wrong)} layout"
            yield f"{says}{'; either is marked as right' if asked.part.tolerant else ''}"


def _names(setting: Setting, width: int) -> Iterator[str]:
    own = {key: each.meaning for key, each in setting.scope.names.items() if not each.usual}
    yield from ("", f"Question {setting.question}" + (", any layout" if setting.any_layout else f", {setting.layout}"))
    for key, meaning in own.items():
        yield from wrapped(f"{key}: {_meaning(meaning)}", width, "  ", "      ")
        if key in USUAL:
            yield from wrapped(f"ambiguous: elsewhere {key} is {_usual(USUAL[key])}", width, "      ", "        ")
    for each in setting.given:
        yield from wrapped(f"given {each}", width, "  ", "      ")


def _usual(meaning: Meaning) -> str:
    """What a name means where an assignment says nothing of it."""
    match meaning:
        case Elementwise(function=function):
            return f"the function {function.symbol}"
        case Operation(symbol=symbol):
            return f"the function {symbol}"
        case _:
            return _meaning(meaning)


def _meaning(meaning: Meaning) -> str:
    match meaning:
        case Quantity(expression=Dimension()):
            return "a dimension"
        case Quantity(expression=Name() as name, open=is_open):
            found = shape(name)
            size = "?" if isinstance(found, Mismatch) else describe(found)
            return f"{size}, open: a submission may define it" if is_open else size
        case Quantity(expression=Defined(meaning=Array(body=Component() as entry))):
            return f"{latex(entry.dimension)} x 1, depends on {', '.join(map(latex, entry.of))}"
        case Quantity(expression=Defined() as expression):
            return latex(expression.meaning)
        case Quantity(expression=expression):
            return f"{latex(expression)}"
        case Indexed():
            return f"an index up to {latex(meaning.index.dimension)}"
        case Sliced():
            return f"a vector of {latex(meaning.rows)}"
        case Elementwise():
            return "a function of one number"
        case Operation():
            return "a function of vectors"
        case Template():
            return f"{meaning.symbol}({', '.join(map(latex, meaning.parameters))}) = {latex(meaning.body)}"
        case Layered():
            return "a family over layers"
        case FunctionFamily():
            return "a function of each layer"
