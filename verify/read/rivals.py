r"""Readings between which nothing decides: in ``\frac{\partial J}{\partial W} = x \delta^T`` W may be k x d or d x k.

What a layer makes of its input is not said there, and each of the usual layers gives W a shape and J something to be a
function of. The link is decided for each of them, and it is said for which of them it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verify.language import Proved, Undecided, Verdict
from verify.read.losses import Loss, losses
from verify.read.noting import is_capital
from verify.read.scope import Scope
from verify.read.syntax import Spelling, Syntax, spelling
from verify.read.unify import SIZES, Unclear
from verify.read.unknowns import Unknowns

if TYPE_CHECKING:
    from verify.read.step import Step

ERRORS = frozenset({r"\delta", r"\Delta"})
OUTPUTS = ("y", "z", "h", "a")
ORDINALS = ("first", "second", "third", "fourth")
Said = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Rival:
    """One of several readings of a step, and what its name is in it."""

    says: str
    step: Step


@dataclass(frozen=True)
class Rivals:
    """What a name may be. ``own`` says what it is in the step as it was read, if that is one of the readings."""

    name: str = ""
    readings: tuple[Rival, ...] = ()
    own: str | None = None

    def among(self, verdict: Verdict, decide: Callable[[Step], Verdict]) -> Verdict:
        """The verdict on a step with these other readings: what is true in some of them alone is true of none."""
        if not self.readings or (self.own is None and not _is_open(verdict)):
            return verdict
        verdicts = [*([] if self.own is None else [verdict]), *(decide(each.step) for each in self.readings)]
        holds = [place for place, each in zip(ORDINALS, verdicts, strict=False) if isinstance(each, Proved)]
        if self.own is not None and len(holds) in (0, len(verdicts)):
            return verdict
        may_be = [*([] if self.own is None else [self.own]), *(each.says for each in self.readings)]
        where = f"for the {' and the '.join(holds)}" if holds else "for none of these"
        says = f"{self.name} may be {', '.join(may_be[:-1])} or {may_be[-1]}; the link holds {where}"
        return Undecided("ambiguous", says)


def _is_open(verdict: Verdict) -> bool:
    return isinstance(verdict, Undecided) and verdict.reason == "ambiguous"


def no_rivals() -> Rivals:
    """No other readings."""
    return Rivals()


@dataclass(frozen=True)
class Layer:
    """A layer that an equation for a gradient may be about: its weights, and a context that says it."""

    weights: str
    says: str
    said: Said = field(repr=False)


def layers(sides: Sequence[Syntax], scope: Scope, found: Sequence[Loss]) -> tuple[Layer, ...]:
    """The layers that a statement may be about which has a loss, one matrix, its input, and the error at its output."""
    if len(found) != 1:
        return ()
    (loss,) = found
    unknowns = Unknowns(scope, losses=frozenset({loss.name.key}))
    by = {name.key for each in losses(sides[1:], scope) for name in map(spelling, each.variables) if name is not None}
    by -= {name.key for each in losses(sides[:1], scope) for name in map(spelling, each.variables) if name is not None}
    try:
        unknowns.read(sides)
    except Unclear:
        return ()
    weights = [name for name in unknowns.names.values() if is_capital(name.symbol)]
    vectors = [name for name in unknowns.names.values() if not is_capital(name.symbol)]
    errors = [name for name in vectors if name.symbol.key in ERRORS]
    outputs = [name for name in vectors if name.key in by and not errors]
    inputs = [name for name in vectors if name not in (*errors, *outputs)]
    if len(weights) != 1 or len(inputs) != 1 or len(errors) + len(outputs) != 1 or unknowns.families:
        return ()
    output = outputs[0].key if outputs else next(each for each in OUTPUTS if each not in unknowns.names)
    return _usual(loss.name, weights[0].key, inputs[0].key, output, [each.key for each in errors], unknowns)


def _usual(
    loss: Spelling, weights: str, given: str, output: str, errors: Sequence[str], unknowns: Unknowns
) -> tuple[Layer, ...]:
    """The usual layers: columns or rows, with the weights as they are or transposed."""
    many, entries = [each for each in SIZES if each not in unknowns.names and each != output][:2]
    upright, turned = f"{many} x {entries}", f"{entries} x {many}"
    made = (
        (f"{weights} {given}", upright, f"{entries}"),
        (f"{weights}^T {given}", turned, f"{entries}"),
        (f"{given} {weights}", turned, f"1 x {entries}"),
        (f"{given} {weights}^T", upright, f"1 x {entries}"),
    )
    upstream = dict.fromkeys(errors, rf"\frac{{\partial {loss.key}}}{{\partial {output}}}")
    return tuple(
        Layer(
            weights,
            f"{shape} ({output} = {formula})",
            {
                "names": {weights: shape, given: size, loss.key: f"function of {output}"},
                "definitions": {output: formula, **upstream},
            },
        )
        for formula, shape, size in made
    )
