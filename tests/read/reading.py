"""What the tests of the reader share: formulas read in a context, and the scope that an expression needs."""

from collections.abc import Iterable

from verify.language import (
    Defined,
    Dependent,
    Dimension,
    Expectation,
    Expression,
    Index,
    Link,
    Misshapen,
    Name,
    Opaque,
    Stated,
    Undecided,
    Unreadable,
    expectation,
)
from verify.read import Step, read, read_context
from verify.read.conventions import Conventions
from verify.read.elaborate import elaborate
from verify.read.parse import parse
from verify.read.scope import Elementwise, Indexed, Meaning, Operation, Quantity, Scope, scope_of
from verify.read.step import Meaning as StepMeaning
from verify.read.syntax import Spelling, spelling
from verify.read.tokens import tokenize


def name(text: str) -> Spelling:
    found = spelling(parse(tokenize(text)))
    assert found is not None, f"{text} is no name"
    return found


KRONECKER = Conventions(operators={r"\otimes": "kronecker"})


def expression(text: str, scope: Scope, conventions: Conventions | None = None, **told: Expression) -> Expression:
    conventions = conventions or Conventions()
    return elaborate(parse(tokenize(text), scope.words), scope, conventions, fallback=told).expression


def scope_for(expressions: Iterable[Expression]) -> Scope:
    """The names that stand in expressions, with the meanings that they have there."""
    names: dict[str, Meaning] = {}
    for each in expressions:
        for node in sorted(each.atoms(Name, Dimension, Dependent, Opaque, Defined, Index, Expectation), key=str):
            match node:
                case Expectation():
                    names["E"] = Operation("E", 1, expectation, vectors=False)
                case Opaque():
                    names[node.symbol] = Elementwise(node)
                case Index():
                    names[node.symbol] = Indexed(node)
                case Name() | Dimension() | Dependent() | Defined(arguments=()):
                    names[node.symbol] = Quantity(node)
                case _:
                    pass  # a function applied to arguments is known by its usual name
    return scope_of((name(symbol), meaning) for symbol, meaning in names.items())


CONTEXT = r"""
[names]
W = "k x d"
x = "d"
b = "k"
J = "function of y"
z = "scalar"
c = "scalar"
u = "n"
A = "n x n"
f = "elementwise function"

[definitions]
y = 'W x + b'
'\delta' = '\frac{\partial J}{\partial y}'
"""


def steps(text: str, context: str = CONTEXT) -> tuple[Step, ...]:
    return read(text, "hw.md", read_context(context)).steps


def meaning(text: str, context: str = CONTEXT) -> StepMeaning:
    """The meaning of the last step."""
    return steps(text, context)[-1].meaning


def outline(text: str, context: str = CONTEXT) -> list[str]:
    """Each step as written, with what came of it where it is no link."""
    return [shown(step) for step in steps(text, context)]


def shown(step: Step) -> str:
    formula = step.left if step.relation is None else f"{step.left} {step.relation} {step.right}"
    match step.meaning:
        case Link():
            return formula
        case Misshapen() | Undecided():
            return f"{formula} [{step.meaning.reason}]"
        case Unreadable():
            return f"{formula} [unreadable]"
        case Stated():
            return f"{formula} [stated]"
