"""Putting a student's own earlier answer in the place of the right one."""

from __future__ import annotations

from collections.abc import Mapping

from sympy.core.basic import Basic

from verify.grade.asked import Asked
from verify.language import Defined, Dimension, Entry, Expression, Name, Number, Transpose
from verify.read.apply import free_indices


def own_answer(part: Asked, value: Expression) -> dict[Basic, Expression]:
    """What a wrong answer takes the place of: what was asked for, under all of its names, and the right answer.

    A right answer that is a plain name or a number stands elsewhere for itself.
    """
    if free_indices(value) or free_indices(part.answer):
        return {}
    plain = isinstance(part.answer, Number | Name | Dimension | Entry | Transpose)
    return dict.fromkeys((*part.subjects, *(() if plain else (part.answer,))), value)


class Carrying:
    """Puts own answers in the place of others, in whatever stands behind a name as well."""

    def __init__(self, own: Mapping[Basic, Expression]) -> None:
        self.own = own
        self.known: dict[Basic, Basic] = {}

    def of(self, node: Expression) -> Expression:
        """A formula with the own answers in it."""
        return self._carried(node)  # type: ignore[return-value]

    def _carried(self, node: Basic) -> Basic:
        if node in self.own:
            return self.own[node]
        if node not in self.known:
            self.known[node] = self._of(node)
        return self.known[node]

    def _of(self, node: Basic) -> Basic:
        if not node.args:
            return node
        parts = [self._carried(each) for each in node.args]
        if all(new is old for new, old in zip(parts, node.args, strict=True)):
            return node
        return parts[1] if isinstance(node, Defined) and not node.arguments else node.func(*parts)
