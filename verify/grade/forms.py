"""Required forms of an answer, such as "no derivative, no sum"; and what makes an answer unfinished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from verify.language import Array, Defined, Derivative, Entry, Index, Max, Name, Power, Product, Sum, Transpose
from verify.language.calls import Vjp
from verify.read.scope import Layered, Quantity, Scope, Sliced, Template

USUAL = frozenset({r"\operatorname{softmax}", r"\operatorname{CE}", r"\mathbf{1}", "e", "I"})

FORMS: Mapping[str, tuple[type[Basic], ...]] = {
    "derivative": (Derivative, Vjp),
    "sum": (Sum,),
    "product": (Product,),
    "maximum": (Max,),
    "index": (Index, Entry, Array),
    "transpose": (Transpose,),
    "power": (Power,),
}


def form_of(text: str) -> tuple[str, ...] | None:
    """The kinds of formula that a form forbids; nothing if it cannot be understood.

    >>> form_of("no derivative, no sum"), form_of("short")
    (('derivative', 'sum'), None)
    """
    words = [each.strip() for each in text.split(",")]
    if not all(each.startswith("no ") and each[3:].strip() in FORMS for each in words):
        return None
    return tuple(each[3:].strip() for each in words)


@dataclass(frozen=True)
class Known:
    """The symbols that an assignment defines, and those of tensors that it declares.

    What a submission defines is unfolded, so that a name cannot hide what it stands for.
    """

    defined: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()

    def parts(self, value: Basic) -> Iterator[Basic]:
        """All parts of a value, but for what stands behind the names that the assignment defines."""
        stack: list[Basic] = [value]
        seen: set[Basic] = set()
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            yield node
            folded = isinstance(node, Defined) and node.symbol in self.defined
            stack.extend(node.arguments if folded and isinstance(node, Defined) else node.args)


def known_in(scope: Scope) -> Known:
    """The names of an assignment in one question."""
    defined, declared = set(), set()
    for named in scope.names.values():
        match named.meaning:
            case _ if named.usual:
                continue
            case Quantity(expression=Defined() as expression):
                defined.add(expression.symbol)
            case Quantity(expression=expression) | Sliced(rows=expression):
                declared |= {each.symbol for each in expression.atoms(Name)}
            case Template() | Layered() as family:
                defined.add(family.symbol)
            case _:
                continue
    return Known(frozenset(defined), frozenset(declared))


def breach(value: Basic, form: tuple[str, ...], known: Known) -> str | None:
    """The first kind of formula in a value that its form forbids."""
    usual = replace(known, defined=known.defined | USUAL)
    for word in form:
        if any(isinstance(node, FORMS[word]) for node in usual.parts(value)):
            return word
    return None


def unfinished(value: Basic, asked: frozenset[Basic], known: Known) -> str | None:
    """Why a value is no answer: what was asked for stands in it, or a derivative, or a name without a meaning."""
    for node in known.parts(value):
        if node in asked or (isinstance(node, Defined) and any(part in asked for part in preorder(node.meaning))):
            return "what is asked for stands in the answer"
        if isinstance(node, Derivative | Vjp):
            return "a derivative is left in the answer"
        if isinstance(node, Name) and node.symbol not in known.declared:
            return f"{node.symbol} has no meaning here"
    return None


def preorder(value: Basic) -> Iterator[Basic]:
    """All parts of a value, whatever stands behind its names."""
    return Known().parts(value)
