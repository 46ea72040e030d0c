"""The claims of the proof suite as a student would type them, and the context in which they are read."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

from sympy.core.basic import Basic
from sympy.core.containers import Tuple

import derivations
from tests.read.reading import KRONECKER, name, scope_for
from verify.language import (
    Claim,
    Defined,
    Dimension,
    Expression,
    Index,
    Interval,
    Link,
    Mistake,
    Name,
    Relation,
    as_expression,
    latex,
)
from verify.language.binders import Array, Binder, Hint
from verify.language.families import Definition, Family, Recursion
from verify.language.layers import Leveled, Member, Recursive
from verify.language.link import Side, side_text
from verify.language.unfold import sides_of
from verify.read.context import Context
from verify.read.conventions import Conventions
from verify.read.scope import Layered, Scope
from verify.read.setting import Declarations, Setting

MODULES = [module.name for module in pkgutil.iter_modules(derivations.__path__)]
FAMILIES = Family | Definition | Recursion
SIGNS = {
    Relation.EQUAL: "=",
    Relation.LESS: "<",
    Relation.AT_MOST: r"\le",
    Relation.GREATER: ">",
    Relation.AT_LEAST: r"\ge",
    Relation.MEMBER: r"\in",
    Relation.TENDS: r"\to",
    Relation.SHAPE: r"\in",
}
UNICODE = {
    r"\sigma": "σ",
    r"\delta": "δ",
    r"\partial": "∂",
    r"\sum": "∑",
    r"\prod": "∏",
    r"\cdot": "·",
    r"\odot": "⊙",
    r"\otimes": "⊗",
    r"\le": "≤",
    r"\ge": "≥",
    r"\to": "→",
    r"\infty": "∞",
    r"\in": "∈",
    r"\cdots": "⋯",
}
FRESH = ("p", "q", "s", "r", "m", "k")


def found(kind: type[Claim | Mistake]) -> list[tuple[str, str, Claim | Mistake]]:
    """All claims, or all mistakes, with their modules and names."""
    return [
        (module, key, value)
        for module in MODULES
        for key, value in vars(importlib.import_module(f"derivations.{module}")).items()
        if isinstance(value, kind)
    ]


def context_of(module: str, links: tuple[Link, ...]) -> Context:
    """The names that stand in links, the families of their module among them, with their hypotheses."""
    sides = [as_expression(side) for link in links for side in sides_of(link)]
    given = tuple(each for each in links[0].given if each.relation is not Relation.TENDS)
    scope = with_families(module, sides)
    said = Declarations(dict.fromkeys(scope.names, ""))
    return Context(
        general=Setting(None, scope, given, Conventions(operators=KRONECKER.operators, norm="frobenius"), said=said)
    )


def is_clear(links: tuple[Link, ...]) -> bool:
    """Whether all is told by what is printed: one meaning for each name, and the size of each array."""
    sides = [as_expression(side) for link in links for side in sides_of(link)]
    nodes = {each for side in sides for each in side.atoms(Name, Defined)}
    named = [each for each in nodes if isinstance(each, Name) or (isinstance(each, Defined) and not each.arguments)]
    arrays = {each for side in sides for each in _printed_arrays(side)}
    return len(named) == len({each.symbol for each in named}) and all(map(is_sized, arrays))


def _printed_arrays(node: Basic) -> Iterator[Expression]:
    """The arrays that are printed: not those in what a name stands for."""
    if isinstance(node, Array):
        yield node
    if not isinstance(node, Defined | Leveled | Recursive):
        for part in node.args:
            yield from _printed_arrays(part)


def is_sized(side: Expression) -> bool:
    """Whether the size of every array is told by its entries: that of one of constants is not printed.

    So are identities of two sizes, which are printed alike.
    """
    if len({each for each in side.atoms(Defined) if each.symbol == "I"}) > 1:
        return False
    for each in side.atoms(Array):
        assert isinstance(each, Array)
        marks = [Index(f"mark {place}", size) for place, size in enumerate(each.dimensions)]
        if not set(marks) <= each.opened(*marks).atoms(Index):
            return False
    return True


def with_families(module: str, sides: list[Expression]) -> Scope:
    """The scope of expressions with the families that are named in them."""
    scope = scope_for(sides)
    known = vars(importlib.import_module(f"derivations.{module}")).values()
    families = [value for value in known if isinstance(value, FAMILIES)]
    for node in sorted({each for side in sides for each in side.atoms(Member, Leveled, Recursive)}, key=str):
        assert isinstance(node, Member | Leveled | Recursive)
        own = next((each for each in families if each.symbol == node.symbol and each(node.level) == node), None)
        if own is not None:
            scope = scope.with_name(name(own.symbol), Layered(own.symbol, own, open=False))
    return scope


def as_printed(links: tuple[Link, ...]) -> str:
    """A chain of links as gradproof prints it."""
    text = side_text(links[0].left)
    for link in links:
        text += f" {SIGNS[link.relation]} {_written(link.right)}"
    ways = [each for each in links[0].given if each.relation is Relation.TENDS]
    return text + "".join(rf" \quad ({latex(each.left)} \to {side_text(each.right)})" for each in ways)


def _written(side: Side) -> str:
    if isinstance(side, tuple):
        axes = r" \times ".join(latex(as_expression(axis)) for axis in side)
        return rf"\mathbb{{R}}^{{{axes}}}" if side else r"\mathbb{R}"
    return side_text(side)


def in_unicode(links: tuple[Link, ...]) -> str:
    r"""With signs in the place of commands, no \left and no \right, other fractions and transposes."""
    text = as_printed(links).replace(r"\left", "").replace(r"\right", "").replace(r"\operatorname", r"\text")
    text = text.replace(r"\frac", r"\dfrac").replace("^T", r"^\top ")
    return re.sub(r"\\[A-Za-z]+", lambda match: UNICODE.get(match.group(), match.group()), text)


def renamed(links: tuple[Link, ...]) -> str:
    """With large brackets, spaces between things, and other letters for bound indices that are not free as well."""
    taken = {node.symbol for link in links for side in sides_of(link) for node in _named(as_expression(side))}
    letters = [letter for letter in FRESH if letter not in taken]
    hints = {hint for link in links for side in sides_of(link) for hint in _hints(as_expression(side))}
    changed = links if hints & taken else tuple(_with_letters(link, letters) for link in links)
    text = as_printed(changed).replace(r"\left", r"\bigl").replace(r"\right", r"\bigr")
    text = re.sub(r"\\cdot(?![a-z])", r"\\,\\cdot\\,", text).replace("^T", r"^{\intercal}")
    return text.replace(" = ", " &= ")


def _named(side: Expression) -> Iterator[Name | Index]:
    yield from side.atoms(Name, Index, Dimension)


def _hints(side: Expression) -> Iterator[str]:
    for node in side.atoms(Binder):
        assert isinstance(node, Binder)
        yield from node.hints


def _with_letters(link: Link, letters: list[str]) -> Link:
    right = link.right
    if not isinstance(right, tuple | Interval):
        right = _lettered(right, letters)  # type: ignore[assignment]
    return Link(_lettered(link.left, letters), link.relation, right, link.given)  # type: ignore[arg-type]


def _lettered(node: Basic, letters: list[str]) -> Basic:
    if not node.args:
        return node
    if isinstance(node, Binder) and len(letters) >= len(node.hints):
        body, hints, dimensions = node.args
        inner: Any = _lettered(body, letters[len(node.hints) :])
        return type(node).rebuilt(inner, Tuple(*map(Hint, letters[: len(hints.args)])), dimensions)
    changed: Basic = node.func(*(_lettered(part, letters) for part in node.args))
    return changed


WAYS = {"printed": as_printed, "unicode": in_unicode, "renamed": renamed}
