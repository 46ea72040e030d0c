"""Required forms of an answer, such as "no derivative, no sum"; and what makes an answer unfinished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from verify.language import Array, Defined, Derivative, Entry, Index, Max, Name, Power, Product, Sum, Transpose
from verify.language.calls import Argument, Call, Formula, ScalarFunction, Vjp
from verify.read.scope import USUAL as USUALLY
from verify.read.scope import Elementwise, Layered, Quantity, Scope, Sliced, Template

USUAL = frozenset({r"\operatorname{softmax}", r"\operatorname{CE}", r"\mathbf{1}", "e", "I"})

FUNCTIONS = frozenset(each.function for each in USUALLY.values() if isinstance(each, Elementwise))

# Functions of functions grow without end where they are written out.
MOST_UNFOLDINGS = 60

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
    """The kinds of formula and the names that a form forbids; nothing if it cannot be understood.

    >>> form_of("no derivative, no J"), form_of("short")
    (('derivative', 'J'), None)
    """
    words = [each.strip() for each in text.split(",")]
    if not all(each.startswith("no ") and each[3:].strip() for each in words):
        return None
    return tuple(each[3:].strip() for each in words)


@dataclass(frozen=True)
class Known:
    """The symbols that an assignment defines, those of tensors that it declares, and its functions of one number.

    What a submission defines is unfolded, so that a name cannot hide what it stands for.
    """

    defined: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    functions: frozenset[Basic] = FUNCTIONS

    def parts(self, value: Basic) -> Iterator[Basic]:
        """All parts of a value, but for what stands behind the names that the assignment defines."""
        stack: list[Basic] = [value]
        seen: set[Basic] = set()
        unfoldings = 0
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            yield node
            folded = isinstance(node, Defined) and node.symbol in self.defined
            stack.extend(node.arguments if folded and isinstance(node, Defined) else node.args)
            if unfoldings < MOST_UNFOLDINGS and (unfolded := self.unfolded(node)) is not None:
                unfoldings += 1
                stack.append(unfolded)

    def unfolded(self, node: Basic) -> Basic | None:
        """The value of a function that a submission defines, written out."""
        if isinstance(node, Call) and isinstance(node.function, Formula) and self.is_own(node.function):
            body: Basic = node.function.body
            return _applied(body, node.argument) if node.order == 0 else None
        return None

    def is_own(self, function: Basic) -> bool:
        """Whether a function is one that a submission defines."""
        return function not in self.functions


def _applied(body: Basic, argument: Basic) -> Basic:
    """The body of a function with its argument put in; the functions in it have arguments of their own."""
    if isinstance(body, Argument):
        return argument
    if isinstance(body, ScalarFunction) or not body.args:
        return body
    return type(body)(*(_applied(each, argument) for each in body.args))


def known_in(scope: Scope) -> Known:
    """The names of an assignment in one question."""
    defined, declared, functions = set(), set(), set(FUNCTIONS)
    for named in scope.names.values():
        match named.meaning:
            case Elementwise(function=function):
                functions.add(function)
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
    return Known(frozenset(defined), frozenset(declared), frozenset(functions))


def breach(value: Basic, form: tuple[str, ...], known: Known, names: Mapping[str, Basic]) -> str | None:
    """The first that stands in a value although its form forbids it: a kind of formula, or one of some names."""
    usual = replace(known, defined=known.defined | USUAL)
    for word in form:
        if any(node == names[word] if word in names else isinstance(node, FORMS[word]) for node in usual.parts(value)):
            return word
    return None


def unfinished(value: Basic, asked: frozenset[Basic], known: Known) -> str | None:
    """Why a value is no answer: what was asked for stands in it, or a derivative, or a name without a meaning."""
    for node in known.parts(value):
        if node in asked or (isinstance(node, Defined) and any(part in asked for part in preorder(node.meaning))):
            return "what is asked for stands in the answer"
        own = isinstance(node, Call) and node.order > 0 and known.is_own(node.function)
        if own or isinstance(node, Derivative | Vjp):
            return "a derivative is left in the answer"
        if isinstance(node, Name) and node.symbol not in known.declared:
            return f"{node.symbol} has no meaning here"
    return None


def preorder(value: Basic) -> Iterator[Basic]:
    """All parts of a value, whatever stands behind its names."""
    return Known().parts(value)
