r"""Derivatives where they are written: fractions, operators before what they derive, nabla, primes on parentheses."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import (
    Defined,
    Dependent,
    Derivative,
    Dimension,
    Expression,
    Hadamard,
    Name,
    Transpose,
    Vjp,
    latex,
)
from verify.language.shape import is_scalar
from verify.read.applied import AppliedReader
from verify.read.apply import applied, fitting
from verify.read.by_expression import held, number_in, quantity_of
from verify.read.calls import Called
from verify.read.differential import PARTIAL, Differential, derivative, differential, is_variable
from verify.read.errors import ReadError
from verify.read.join import is_entrywise, product
from verify.read.parse import parse
from verify.read.scope import Elementwise, Quantity
from verify.read.source import Span
from verify.read.syntax import (
    Fraction,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Scripted,
    Signed,
    Spelling,
    Symbol,
    Syntax,
    spelling,
)
from verify.read.tokens import tokenize

NABLA = r"\nabla"
EMPTY = "nothing stands here to be derived"


class DerivativeReader(AppliedReader):
    """Reads derivatives."""

    def factor(self, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        """The factor that begins at a part: a derivative takes what it derives with it."""
        match parts[position]:
            case Fraction() as part if (found := self.differential(part)) is not None and not found.quantity:
                return self._operated(found, parts, position)
            case Scripted(base=Group(items=(Fraction() as inner,)), above=Symbol(letter="*")):
                return self._passed_back(inner, parts, position)
            case Symbol(letter=r"\nabla") | Scripted(base=Symbol(letter=r"\nabla")) as part:
                return self._nabla(part, parts, position)
            case Scripted(base=Symbol(letter=r"\partial"), below=(variable,), above=None, primes=0) as part:
                found = Differential((), (variable,), PARTIAL, part.at)
                return self._gradient(found, parts, position)
            case _:
                return super().factor(parts, position)

    def function(self, part: Syntax) -> Called | None:
        """The function that a part names; a variance is none, though it is written with the letter of one."""
        if not isinstance(part, Scripted):
            return super().function(part)
        if self.variance(part) is not None:
            return None
        if part.primes and part.below and isinstance(part.base, Symbol):
            plain = spelling(Scripted(part.base, part.below, None, 0, part.at))
            known = None if plain is None else self.scope.find(plain)
            if isinstance(known, Elementwise):
                return Called(known, part.base, Scripted(part.base, (), part.above, part.primes, part.at))
        return super().function(part)

    # ---------------------------------------------------------------- fractions

    def differential(self, node: Fraction) -> Differential | None:
        r"""The derivative that a fraction is; ``d`` may be a dimension besides, and nothing else."""
        found = differential(node.above, node.below, node.at)
        if found is None or found.mark != "d":
            return found
        meaning = self.scope.find(Spelling(Symbol("d", "", (), node.at)))
        if isinstance(meaning, Quantity) and not isinstance(meaning.expression, Dimension):
            raise ReadError("d is a name here", node.at.start, expected=r"\partial or \mathrm{d} for a derivative")
        return found

    def fraction(self, node: Fraction) -> Expression:
        """A derivative, or a quotient."""
        found = self.differential(node)
        if found is None:
            return self._quotient(self.expression(node.above), self.expression(node.below))
        if not found.quantity:
            raise ReadError(EMPTY, node.at.end, expected="an expression")
        if isinstance(node.above, Signed | Joined):
            self.notes.assume("all that stands above the bar is derived")
        called = self.function(found.quantity[0]) if len(found.quantity) == 1 else None
        if called is None:
            return self._derivative(product(self.factors(found.quantity)), found)
        return self._derivative(self._at_variable(called, found), found)

    def _at_variable(self, called: Called, found: Differential) -> Expression:
        """The value of a function without an argument: at what it is derived by."""
        variable = self.expression(found.variables[-1])
        value = applied(called.meaning, called.primes, [variable], self.notes, called.symbol.at.start)
        self.notes.assume(f"{called.symbol.key} is derived at {latex(variable)}")
        return self._function_scripts(value, called)

    def _quotient(self, above: Expression, below: Expression) -> Expression:
        """A quotient; that of two columns has no meaning but the entrywise one, which may be meant."""
        return Hadamard(above, below**-1) if is_entrywise(above, below, self.notes) else above / below

    def _derivative(self, quantity: Expression, found: Differential) -> Expression:
        """The derivative by each variable, the last one first."""
        variables = [self.expression(each) for each in found.variables]
        if found.mark == NABLA:
            return self._column_gradient(quantity, variables, found)
        if len(variables) == 1 and not is_variable(variables[0]):
            return self._by_expression(quantity, variables[0], found)
        if len(variables) == 1:
            return derivative(quantity, variables[0], self.conventions.layout, self.notes, found.at)
        outer = variables[0].argument if isinstance(variables[0], Transpose) else variables[0]
        inner = [each.argument if isinstance(each, Transpose) else each for each in variables]
        scalar = is_scalar(fitting(quantity)) and all(is_scalar(fitting(each)) for each in inner)
        if not scalar and (len(inner) != 2 or inner[1] != outer or not is_scalar(fitting(quantity))):
            says = "a second derivative by several vectors or matrices is not read"
            raise ReadError(says, found.at.start, expected="one vector, or entries")
        for variable in reversed(inner):
            quantity = derivative(quantity, variable, "mixed", self.notes, found.at)
        return quantity

    def _by_expression(self, quantity: Expression, variable: Expression, found: Differential) -> Expression:
        """The derivative by an expression that is no name."""
        named = quantity_of(variable, self.scope)
        if len(named) > 1:
            shown = " or ".join(map(latex, named))
            self.notes.doubt(f"{latex(variable)} is {shown}: by which of them is derived is not said")
        if named:
            self.notes.assume(f"the derivative by {latex(variable)} is that by {latex(named[0])}")
            return derivative(quantity, named[0], self.conventions.layout, self.notes, found.at)
        number = number_in(variable)
        if number is not None:
            self.notes.assume(f"the derivative by {latex(variable)} is taken by the chain rule")
            taken = derivative(quantity, number, self.conventions.layout, self.notes, found.at)
            return taken / Derivative(variable, number)
        whole, value = held(quantity, variable, found.at)
        self.notes.assume(f"the derivative by {latex(variable)} holds all else fixed")
        return derivative(whole, value, self.conventions.layout, self.notes, found.at)

    def _column_gradient(self, quantity: Expression, variables: list[Expression], found: Differential) -> Expression:
        """What a nabla makes: in every layout, the gradient is shaped like the variable; its square, the Hessian."""
        needed = self.notes.layout
        if len(variables) > 1 and not is_scalar(fitting(quantity)):
            raise ReadError("the Hessian of what is no number is not read", found.at.start, expected="a number")
        if not is_scalar(fitting(quantity)):
            says = f"the gradient of {latex(quantity)}, which is no number, may be its Jacobian or the transpose"
            self.notes.doubt(says)
        for variable in variables:
            quantity = derivative(quantity, variable, "mixed", self.notes, found.at)
        self.notes.layout = needed
        return quantity

    # ---------------------------------------------------------------- operators

    def _operated(self, found: Differential, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""``\frac{d}{dx}`` takes the parentheses that follow it, or else the whole product that follows."""
        rest = parts[position + 1 :]
        if not rest:
            raise ReadError(EMPTY, found.at.end, expected="an expression")
        first = rest[0].base if isinstance(rest[0], Scripted) else rest[0]
        if isinstance(first, Group):
            if len(rest) > 1:
                self.notes.assume("a derivative before parentheses is that of the parentheses alone")
            return self._derivative(self.expression(rest[0]), found), position + 2
        if any(self._is_operator(part) for part in rest[1:]):
            raise ReadError("it is not clear how much is derived here", rest[0].at.start, expected="parentheses")
        return self._derivative(product(self.factors(rest)), found), len(parts)

    def _is_operator(self, part: Syntax) -> bool:
        if isinstance(part, Fraction):
            return self.differential(part) is not None
        base = part.base if isinstance(part, Scripted) else part
        return isinstance(base, Symbol) and base.letter in (NABLA, PARTIAL)

    def _gradient(self, found: Differential, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""``\nabla_x J`` takes a quantity that is a name or a value alone, and else what ``\frac{d}{dx}`` would."""
        rest = parts[position + 1 :]
        called = self.function(rest[0]) if rest else None
        if called is not None and not _is_called(rest):
            return self._derivative(self._at_variable(called, found), found), position + 2
        if rest and not isinstance(rest[0], Group):
            value, after = self.factor(parts, position + 1)
            if isinstance(value, Defined | Dependent) and is_scalar(fitting(value)):
                if after < len(parts):
                    self.notes.assume(f"the gradient is that of {latex(value)} alone")
                return self._derivative(value, found), after
        return self._operated(found, parts, position)

    def _nabla(self, part: Symbol | Scripted, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""A gradient by what stands below the nabla, or by what the context says; ``\nabla^2`` is the Hessian."""
        variables = 1
        match part:
            case Scripted(above=Numeral(text="2"), primes=0):
                variables = 2
                self.notes.assume(r"\nabla^2 is the Hessian, the matrix of second derivatives")
            case Scripted() if part.above is not None or part.primes or len(part.below) > 1:
                raise ReadError("a nabla with such a script is not read", part.at.start, expected=r"\nabla_x")
            case _:
                pass
        variable = part.below[0] if isinstance(part, Scripted) and part.below else self._usual_variable(part)
        return self._gradient(Differential((), (variable,) * variables, NABLA, part.at), parts, position)

    def _usual_variable(self, part: Syntax) -> Syntax:
        if self.conventions.nabla is None:
            raise ReadError("nothing says what this nabla derives by", part.at.start, expected=r"\nabla_x")
        return parse(tokenize(self.conventions.nabla), self.scope.words)

    def _passed_back(self, node: Fraction, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""``\left(\frac{\partial y}{\partial x}\right)^* u``: what an upstream gradient passes on."""
        taken = self.fraction(node)
        if not isinstance(taken, Derivative) or position + 1 >= len(parts):
            raise ReadError("a star is read only on a derivative, with an upstream gradient after it", node.at.start)
        upstream, position = self.factor(parts, position + 1)
        return Vjp(taken.quantity, taken.variable, upstream), position

    # ---------------------------------------------------------------- primes

    def primed(self, value: Expression, primes: int, at: Span) -> Expression:
        """Parentheses with a prime: the derivative by the one variable that stands in them."""
        names = sorted(value.atoms(Name, Dependent), key=str)
        variable = names[0] if len(names) == 1 else None
        if not isinstance(variable, Name) or fitting(variable) or not is_scalar(fitting(value)):
            says = "by what this prime derives is not clear"
            says += "" if is_scalar(fitting(value)) else ", and it is no transpose"
            raise ReadError(says, at.end - 1, expected=r"\frac{d}{dx}, or one variable in the parentheses")
        self.notes.assume(f"the prime derives by {latex(variable)}")
        for _ in range(primes):
            value = Derivative(value, variable)
        return value

    def as_fraction(self, node: Joined) -> tuple[list[Syntax], list[str]]:
        r"""The factors and signs of a product, ``\partial J / \partial W`` in it as a fraction."""
        factors, signs = [node.factors[0]], list[str]()
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            span = factors[-1].at.to(factor.at)
            if sign == "/" and differential(factors[-1], factor, span) is not None:
                factors[-1] = Fraction(factors[-1], factor, span)
                continue
            if sign == "/" and isinstance(factor, Juxtaposed):
                raise ReadError("what stands below this / is not clear", factor.at.start, expected="parentheses")
            signs.append(sign)
            factors.append(factor)
        return factors, signs


def _is_called(parts: Sequence[Syntax]) -> bool:
    """Whether a function has its argument after it."""
    after = parts[1] if len(parts) > 1 else None
    group = after.base if isinstance(after, Scripted) else after
    return isinstance(group, Group) or (after is not None and len(getattr(parts[0], "letter", "")) > 1)
