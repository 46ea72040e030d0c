"""How many steps a derivation has: links whose sides differ by more than the way they are written."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from verify.grade.fingerprint import digest
from verify.grade.forms import MOST_UNFOLDINGS, Known
from verify.grade.lines import Line, Standing
from verify.language import Add, Defined, Mismatch, Mul, Node, Number, Transpose, shape
from verify.language.shape import is_scalar


def steps_of(lines: Sequence[Line], known: Known) -> int:
    """How many proved links of a derivation lead to something that did not stand in it before."""
    seen: set[str] = set()
    found = 0
    for line in lines:
        left, right = (canonical(each, known) if isinstance(each, Node) else None for each in line.step.values)
        if left is None or right is None:
            found += line.standing is Standing.SOUND and line.step.left != line.step.right
            continue
        if line.standing is Standing.SOUND and left != right and right not in seen:
            found += 1
        seen |= {left, right}
    return found


def canonical(value: Basic, known: Known) -> str:
    r"""A short name that formulas have in common which differ in brackets, the order of numbers, factors 1 or terms 0.

    The names of a submission are unfolded, those of the assignment are not.

    >>> from verify.language import scalar
    >>> x, y = scalar("x"), scalar("y")
    >>> canonical((x + y) + 0, Known()) == canonical(y + x, Known())
    True
    >>> canonical((x + y) * x, Known()) == canonical(x * x + y * x, Known())
    False
    """
    return _Canonical(known).of(value)


class _Canonical:
    """Names formulas up to how they are written, each part of them once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.names: dict[Basic, str] = {}
        self.unfoldings = 0

    def of(self, value: Basic) -> str:
        if value not in self.names:
            self.names[value] = self._named(value)
        return self.names[value]

    def _named(self, value: Basic) -> str:
        match value:
            case Add():
                terms = [self.of(each) for each in _flat(value, Add) if each != Number(0)]
                return terms[0] if len(terms) == 1 else digest("+", *sorted(terms))
            case Mul():
                factors = [each for each in _flat(value, Mul) if each != Number(1)]
                numbers = sorted(self.of(each) for each in factors if _is_number(each))
                found = (*numbers, *(self.of(each) for each in factors if not _is_number(each)))
                return found[0] if len(found) == 1 else digest("*", *found)
            case Transpose() if isinstance(value.args[0], Transpose):
                return self.of(value.args[0].args[0])
            case Defined() if value.symbol not in self.known.defined and not value.arguments:
                return self.of(value.meaning)
            case _ if self.unfoldings < MOST_UNFOLDINGS and (unfolded := self.known.unfolded(value)) is not None:
                self.unfoldings += 1
                return self.of(unfolded)
            case _:
                return digest(type(value).__name__, *(map(self.of, value.args) if value.args else (repr(value),)))


def _flat(value: Basic, kind: type[Basic]) -> list[Basic]:
    """The terms of a sum of sums, or the factors of a product of products."""
    return [each for part in value.args for each in (_flat(part, kind) if isinstance(part, kind) else [part])]


def _is_number(value: Basic) -> bool:
    found = shape(value)  # type: ignore[arg-type]
    return not isinstance(found, Mismatch) and is_scalar(found)
