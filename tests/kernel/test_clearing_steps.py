"""The steps by which an identity is cleared of inverses, one at a time: what each makes of a polynomial."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flint import fmpq

from tests.kernel.tables import A_inverse, B, C, c, dual, ridge, x
from tests.kernel.terms import M, N, bound, free, num, over, plus, scalar, times, total
from verify.kernel import clearing
from verify.kernel.atoms import EntryForm, InverseForm, Poly, SumForm
from verify.kernel.clearing import Side, vanishes
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Ring, minus
from verify.kernel.statement import statement
from verify.kernel.term import (
    Delta,
    Entry,
    Idx,
    Inverse,
    OutOfBudget,
    Slot,
    Subscript,
    Term,
    Undefined,
    Unsupported,
    Variable,
)
from verify.language import Expression, dims, equal, hadamard, identity, index, less, matrix, sum_over, tr

I, J, K, L = (bound(name) for name in "ijkl")
P = bound("p", M)
F, G, H = (free(name) for name in "fgh")
MATRIX, OTHER, LONG = Variable("A", (N, N)), Variable("B", (N, N)), Variable("W", (M, N))
X, Y = Variable("x", (N,)), Variable("y", (N,))
a = scalar("a")
m, n = dims("m n")
W_said = matrix("W", m, n)
square = matrix("A", n, n)
ENDS, NOTHING = frozenset({F, G}), frozenset[Variable]()


def at(row: Subscript, column: Subscript, variable: Variable = MATRIX) -> Entry:
    return Entry(variable, (row, column))


def inverse(row: Subscript, column: Subscript, body: Term | None = None) -> Inverse:
    return Inverse(row, column, Slot((I, J), at(I, J) if body is None else body))


def vector(index: Subscript, variable: Variable = X) -> Entry:
    return Entry(variable, (index,))


class Forms:
    """Polynomials in one ring."""

    def __init__(self) -> None:
        self.ring = Ring()
        self.forms = NormalForm(self.ring)

    def of(self, term: Term) -> Poly:
        return self.forms.of(term)

    def inverse(self, term: Inverse) -> InverseForm:
        (((atom, _),),) = self.of(term)
        assert isinstance(atom.form, InverseForm)
        return atom.form

    def side(self, term: Inverse, end: Idx, *, at_row: bool, symmetric: bool = False) -> Side:
        form = self.inverse(term)
        return Side(end, form.over, form.body, at_row, symmetric)


@pytest.fixture
def forms() -> Forms:
    return Forms()


# Statements.

two_rows, i = matrix("T", 2, n), index("i", n)
filtered = square * (square + c * identity(n)) ** -1 * x

FALSE = [
    pytest.param(
        sum_over(i, two_rows[1, i] * filtered[i]), sum_over(i, two_rows[2, i] * filtered[i]), id="two rows of one name"
    ),
    pytest.param(hadamard(A_inverse, C), A_inverse, id="an entry beside the inverse"),
    pytest.param(hadamard(A_inverse, C) * x, A_inverse * x, id="inside of a sum"),
    pytest.param(hadamard(A_inverse, matrix("Z", n, n)) * x, A_inverse * x, id="of another name"),
    pytest.param(hadamard(A_inverse, A_inverse) * x, A_inverse * x, id="the square of each entry"),
    pytest.param(hadamard(A_inverse, A_inverse), A_inverse, id="outside of a sum"),
    pytest.param(hadamard(A_inverse, A_inverse.T), identity(n), id="an inverse and its transpose, entry by entry"),
]


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_nothing_beside_an_inverse_is_lost(left: Expression, right: Expression) -> None:
    assert not vanishes(statement(left, right, ()))
    assert vanishes(statement(left, left, ())), "nothing is left of it"


def test_steps_and_errors_end_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = statement(square * A_inverse * x, x, ())
    assert vanishes(stated)
    with monkeypatch.context() as patch:
        patch.setattr(clearing, "STEPS", 3)
        assert not vanishes(stated)
    for error in (OutOfBudget(), Undefined(), Unsupported("anything")):

        def raised(*given: object, error: Exception = error) -> bool:
            raise error

        monkeypatch.setattr(clearing, "_search", raised)
        assert not vanishes(stated)


def test_not_at_rows_of_a_fixed_number() -> None:
    rows = matrix("T", 2, n)
    assert not vanishes(statement(rows * A_inverse, rows * A_inverse, ()))


# The search.


def test_what_was_met_is_not_met_again(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    start, calls = forms.of(inverse(F, G)), list[Poly]()

    def same(ring: Ring, poly: Poly, ends: frozenset[Idx], told: object) -> Iterator[tuple[Poly, frozenset[Idx]]]:
        calls.append(poly)
        yield forms.of(inverse(G, F)), ends

    monkeypatch.setattr(clearing, "_next", same)
    assert not clearing._search(forms.ring, start, ENDS, NOTHING)
    assert len(calls) == 2


def test_the_search_ends(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Poly] = []

    def more(ring: Ring, poly: Poly, ends: frozenset[Idx], told: object) -> Iterator[tuple[Poly, frozenset[Idx]]]:
        calls.append(poly)
        yield forms.of(times(num(len(calls)), inverse(F, G), vector(F))), ends

    monkeypatch.setattr(clearing, "_next", more)
    assert not clearing._search(forms.ring, forms.of(inverse(F, G)), ENDS, NOTHING)
    assert len(calls) == 24


def test_what_has_the_fewest_inverses_and_terms_comes_first(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [
        forms.of(times(inverse(F, G), inverse(G, H))),
        forms.of(plus(inverse(F, G), vector(F))),
        forms.of(vector(G)),
        forms.of(inverse(G, F)),
    ]
    met: list[Poly] = []

    def all_at_once(
        ring: Ring, poly: Poly, ends: frozenset[Idx], told: object
    ) -> Iterator[tuple[Poly, frozenset[Idx]]]:
        met.append(poly)
        yield from ((each, ends) for each in several)

    monkeypatch.setattr(clearing, "_next", all_at_once)
    assert not clearing._search(forms.ring, forms.of(vector(F)), ENDS, NOTHING)
    assert met[1:] == [several[2], several[3], several[1], several[0]]


def test_a_search_from_nothing_or_to_nothing(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clearing._search(forms.ring, {}, ENDS, NOTHING)
    monkeypatch.setattr(clearing, "_next", lambda ring, poly, ends, told: iter([(poly, ends), ({}, ends)]))
    assert clearing._search(forms.ring, forms.of(inverse(F, G)), ENDS, NOTHING)


WEIGHTS = [
    pytest.param(vector(F), (0, 1), id="no inverse"),
    pytest.param(inverse(F, G), (1, 1), id="an inverse"),
    pytest.param(times(inverse(F, G), inverse(F, G), vector(F)), (2, 1), id="its square"),
    pytest.param(total(K, times(inverse(F, K), vector(K))), (1, 1), id="in a sum"),
    pytest.param(total(K, times(inverse(F, K), at(K, G, OTHER), inverse(G, K))), (2, 1), id="two in a sum"),
    pytest.param(plus(times(inverse(F, G), vector(F)), vector(G), num(5)), (1, 3), id="three terms"),
    pytest.param(plus(inverse(F, G), times(num(7), inverse(G, F))), (2, 2), id="two terms"),
]


@pytest.mark.parametrize(("term", "expected"), WEIGHTS)
def test_weights(term: Term, expected: tuple[int, int], forms: Forms) -> None:
    assert clearing._weight(forms.of(term)) == expected


@pytest.mark.parametrize("error", [Undefined(), Unsupported("anything")])
def test_a_product_that_fails_is_left_out(error: Exception, forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    def raised(*given: object) -> Poly:
        raise error

    monkeypatch.setattr(clearing, "_multiplied", raised)
    assert list(clearing._next(forms.ring, forms.of(inverse(F, G)), ENDS, NOTHING)) == []


def test_cuts_are_bounded(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    poly = forms.of(vector(F))
    monkeypatch.setattr(clearing, "_cuts", lambda ring, poly: iter([(poly, frozenset({H}))] * 40))
    found = list(clearing._next(forms.ring, poly, ENDS, NOTHING))
    assert len(found) == 16
    assert all(ends == {F, G, H} for _, ends in found)


# Sides.


def ends_of(forms: Forms, term: Term) -> set[tuple[Idx, bool, bool]]:
    found = clearing._sides(forms.ring, forms.of(term), ENDS)
    return {(each.end, each.at_row, each.symmetric) for each in found}


gram = plus(total(P, times(Entry(LONG, (P, I)), Entry(LONG, (P, J)))), times(a, Delta(I, J)))
SIDES = [
    pytest.param(inverse(F, G), {(F, True, False), (G, False, False)}, id="a row and a column"),
    pytest.param(inverse(F, H), {(F, True, False)}, id="one that is not free to be summed over"),
    pytest.param(inverse(F, F), set(), id="a diagonal"),
    pytest.param(inverse(1, G), {(G, False, False)}, id="a number"),
    pytest.param(total(K, times(inverse(F, K), vector(K))), {(F, True, False)}, id="in a sum"),
    pytest.param(inverse(F, H, times(vector(F), at(I, J))), {(F, True, False)}, id="a factor of the matrix leaves it"),
    pytest.param(inverse(F, H, plus(at(I, J), times(vector(F), at(I, J, OTHER)))), set(), id="a matrix for each row"),
    pytest.param(vector(F), set(), id="no inverse"),
]


@pytest.mark.parametrize(("term", "expected"), SIDES)
def test_sides(term: Term, expected: set[tuple[Idx, bool, bool]], forms: Forms) -> None:
    assert ends_of(forms, term) == expected


def test_which_matrices_are_symmetric(forms: Forms) -> None:
    assert {symmetric for _, _, symmetric in ends_of(forms, inverse(F, G, gram))} == {True}
    assert {symmetric for _, _, symmetric in ends_of(forms, inverse(F, G, plus(gram, at(I, J))))} == {False}


OTHER_ENDS = [
    pytest.param(inverse(F, G), True, False, G, id="at the row"),
    pytest.param(inverse(G, F), True, False, None, id="not at the column"),
    pytest.param(inverse(G, F), True, True, G, id="but if it is symmetric"),
    pytest.param(inverse(F, G), True, True, G, id="at the row of a symmetric one"),
    pytest.param(inverse(G, F), False, False, G, id="at the column"),
    pytest.param(inverse(F, G), False, False, None, id="not at the row"),
    pytest.param(inverse(F, 2), True, False, 2, id="a number"),
    pytest.param(inverse(F, F), True, False, None, id="at both"),
    pytest.param(inverse(F, F), True, True, None, id="at both of a symmetric one"),
    pytest.param(inverse(H, G), True, False, None, id="at neither"),
    pytest.param(inverse(H, G), True, True, None, id="at neither of a symmetric one"),
    pytest.param(inverse(F, G, at(I, J, OTHER)), True, False, None, id="of another matrix"),
]


@pytest.mark.parametrize(("term", "at_row", "symmetric", "expected"), OTHER_ENDS)
def test_the_other_end(term: Inverse, at_row: bool, symmetric: bool, expected: Subscript | None, forms: Forms) -> None:
    side = forms.side(inverse(F, G), F, at_row=at_row, symmetric=symmetric)
    assert clearing._other_end(forms.inverse(term), side) == expected


# The sum of A_hf times a term over f, where the inverse of A has f as its row: what stands instead of it.

WITHOUT = [
    pytest.param(inverse(F, G), Delta(H, G), id="the inverse alone"),
    pytest.param(times(inverse(F, G), vector(G)), times(Delta(H, G), vector(G)), id="beside what has no f"),
    pytest.param(total(K, times(inverse(F, K), vector(K))), vector(H), id="in a sum"),
    pytest.param(
        times(vector(G), total(K, times(inverse(F, K), at(K, G, OTHER)))),
        times(vector(G), at(H, G, OTHER)),
        id="in a sum beside others",
    ),
    pytest.param(times(inverse(F, G), vector(F)), None, id="beside an entry at f"),
    pytest.param(times(inverse(F, G), inverse(F, G)), None, id="its square"),
    pytest.param(times(inverse(F, G), inverse(F, H)), None, id="two of them"),
    pytest.param(vector(G), None, id="no f"),
    pytest.param(vector(F), None, id="no inverse"),
    pytest.param(inverse(G, F), None, id="the column"),
    pytest.param(inverse(F, G, at(I, J, OTHER)), None, id="of another matrix"),
    pytest.param(total(K, times(inverse(F, K), vector(K), at(F, K, OTHER))), None, id="in a sum, beside an f"),
    pytest.param(total(K, times(inverse(F, K), inverse(F, K), vector(K))), None, id="in a sum, its square"),
    pytest.param(total(K, times(at(F, K, OTHER), vector(K))), None, id="a sum without an inverse"),
    pytest.param(total(K, times(inverse(K, F), vector(K))), None, id="the column in a sum"),
]


@pytest.mark.parametrize(("term", "expected"), WITHOUT)
def test_what_stands_instead_of_an_inverse(term: Term, expected: Term | None, forms: Forms) -> None:
    (monomial,) = forms.of(term)
    found = clearing._without_inverse(forms.ring, monomial, forms.side(inverse(F, G), F, at_row=True), H)
    assert found == (None if expected is None else forms.of(expected))


def test_a_product_with_the_matrix_is_a_sum_over_the_end(forms: Forms) -> None:
    """The sum over f of A_hf (3 x_f - 5 (A^-1)_fg); and over g of (A^-1)_fg A_gh, from the right."""
    poly = forms.of(plus(times(num(3), vector(F)), times(num(-5), inverse(F, G))))
    found = clearing._multiplied(forms.ring, poly, forms.side(inverse(F, G), F, at_row=True), H)
    assert found == forms.of(plus(times(num(3), total(K, times(at(H, K), vector(K)))), times(num(-5), Delta(H, G))))
    right = forms.of(plus(vector(G), inverse(F, G)))
    found = clearing._multiplied(forms.ring, right, forms.side(inverse(F, G), G, at_row=False), H)
    assert found == forms.of(plus(total(K, times(vector(K), at(K, H))), Delta(F, H)))


# Cuts.


def opened(forms: Forms, term: Term, variable: Variable, *ends: Idx) -> list[Poly]:
    (monomial,) = forms.of(term)
    return list(clearing._opened_at(forms.ring, monomial, variable, ends))


product = total(K, total(L, times(vector(K), at(K, L, OTHER), vector(L, Y))))


def test_what_is_left_of_a_term_without_an_entry(forms: Forms) -> None:
    """X^T B y without x is B y, without y it is x^T B, and without B x y^T."""
    b_y, x_b = total(L, times(at(F, L, OTHER), vector(L, Y))), total(K, times(vector(K), at(K, F, OTHER)))
    assert opened(forms, product, X, F) == [forms.of(b_y)]
    assert opened(forms, product, Y, F) == [forms.of(x_b)]
    assert opened(forms, product, OTHER, F, G) == [forms.of(times(vector(F), vector(G, Y)))]
    assert opened(forms, times(a, product), X, F) == [forms.of(times(a, b_y))], "what stands outside stays"


def test_a_term_is_opened_at_each_entry(forms: Forms) -> None:
    """Once for each factor in a sum that is an entry of the variable; of a square, one of the two stays."""
    twice = times(total(K, times(vector(K), vector(K, Y))), total(K, times(vector(K), at(K, K, OTHER))))
    assert len(opened(forms, twice, X, F)) == 2
    quadratic = total(K, total(L, times(vector(K), at(K, L, OTHER), vector(L))))
    parts = opened(forms, quadratic, X, F)
    right, left = total(K, times(at(F, K, OTHER), vector(K))), total(K, times(at(K, F, OTHER), vector(K)))
    assert len(parts) == 2
    assert all(forms.of(each) in parts for each in (right, left))
    squares = total(K, times(vector(K), vector(K), vector(K, Y)))
    assert opened(forms, squares, X, F) == [forms.of(times(vector(F), vector(F, Y)))]


NOT_OPENED = [
    pytest.param(vector(G), X, id="an entry outside of sums"),
    pytest.param(times(product, product), X, id="the square of a sum"),
    pytest.param(total(K, times(over(vector(K)), vector(K, Y))), X, id="an entry below"),
    pytest.param(total(K, times(vector(G), at(G, K, OTHER), vector(K, Y))), X, id="an entry at a free index"),
    pytest.param(product, Variable("z", (N,)), id="a name that is not there"),
]


@pytest.mark.parametrize(("term", "variable"), NOT_OPENED)
def test_terms_that_are_not_opened(term: Term, variable: Variable, forms: Forms) -> None:
    assert opened(forms, term, variable, F) == []


def test_a_diagonal_is_not_opened(forms: Forms) -> None:
    """Nor is a matrix of which one index is free."""
    assert opened(forms, total(K, times(at(K, K, OTHER), vector(K))), OTHER, F, G) == []
    assert opened(forms, total(K, times(at(K, H, OTHER), vector(K))), OTHER, F, G) == []


def test_names_of_the_indices_of_an_entry(forms: Forms) -> None:
    (((atom, _),),) = forms.of(product)
    form = atom.form
    assert isinstance(form, SumForm)
    entries = {each.form.variable: each.form for each, _ in form.body if isinstance(each.form, EntryForm)}
    row, column = entries[OTHER].subscripts
    assert clearing._freed(form, entries[OTHER], (F, G)) == {row: F, column: G}
    assert clearing._freed(form, entries[X], (F,)) == {row: F}
    assert clearing._freed(form, entries[X], (F, G)) is None
    assert clearing._freed(form, EntryForm(OTHER, (row, row)), (F, G)) is None
    assert clearing._freed(form, EntryForm(OTHER, (row, H)), (F, G)) is None
    assert clearing._freed(form, EntryForm(OTHER, (row, 2)), (F, G)) is None
    assert clearing._freed(form, EntryForm(OTHER, (row, H)), (F,)) == {row: F}


def test_parts_of_all_terms_are_added(forms: Forms) -> None:
    """Of 2 x^T B y - x^T y, cut at x: 2 B y - y; cut at y: 2 x^T B - x."""
    poly = forms.of(plus(times(num(2), product), times(num(-1), total(K, times(vector(K), vector(K, Y))))))
    parts = list(clearing._cuts(forms.ring, poly))
    assert len(parts) == 2
    for (part, ends), other in zip(parts, (Y, X), strict=True):
        (end,) = ends
        there = [at(end, K, OTHER), vector(K, Y)] if other is Y else [at(K, end, OTHER), vector(K)]
        expected = plus(times(num(2), total(K, times(*there))), times(num(-1), vector(end, other)))
        assert not minus(part, forms.of(expected))


def test_only_what_all_terms_have_is_cut_out(forms: Forms) -> None:
    poly = forms.of(plus(product, total(K, times(vector(K), at(K, K, OTHER)))))
    assert clearing._common(poly) == {X, OTHER}
    assert clearing._common(forms.of(plus(product, num(1)))) == frozenset()
    assert clearing._common(forms.of(product)) == {X, Y, OTHER}


def test_the_free_indices_of_a_matrix(forms: Forms) -> None:
    form = forms.inverse(inverse(F, G, plus(at(I, J), times(vector(H), at(I, J, OTHER)))))
    assert clearing._free(form) == {H}
    assert clearing._free(forms.inverse(inverse(F, G))) == frozenset()


def test_scaled_parts_keep_their_numbers(forms: Forms) -> None:
    """A third of the sum of x_i y_i is cut to y_i / 3."""
    poly = forms.of(times(num("1/3"), total(K, times(vector(K), vector(K, Y)))))
    ((part, ends), *_) = clearing._cuts(forms.ring, poly)
    (end,) = ends
    assert part == forms.ring.scaled(forms.of(vector(end, Y)), fmpq(1, 3))


def test_a_sum_is_opened_at_another_entry_where_one_stays_closed(forms: Forms) -> None:
    """Of B_kk B_kl x_l the second factor can be taken out; of B_kl B_ll x_k the first."""
    first = total(K, total(L, times(at(K, K, OTHER), at(K, L, OTHER), vector(L))))
    assert opened(forms, first, OTHER, F, G) == [forms.of(times(at(F, F, OTHER), vector(G)))]
    second = total(K, total(L, times(at(K, L, OTHER), at(L, L, OTHER), vector(K))))
    assert opened(forms, second, OTHER, F, G) == [forms.of(times(at(G, G, OTHER), vector(F)))]


# Traces.

left_trace, right_trace = tr(W_said * ridge**-1 * W_said.T), tr(dual**-1 * W_said * W_said.T)


def test_traces_of_two_inverses() -> None:
    """Tr W (W^T W + c 1)^-1 W^T is that of (W W^T + c 1)^-1 W W^T, and nothing else of the kind."""
    assert vanishes(statement(left_trace, right_trace, ()))
    for other in (2 * right_trace, right_trace + 1, tr(dual**-1), tr(ridge**-1 * W_said.T * W_said) + c):
        assert not vanishes(statement(left_trace, other, ()))


def test_nothing_is_divided_by_what_hypotheses_speak_of() -> None:
    """If c may be nothing but 0 or 1, it is not near any other number: tr (A B + c 1)^-1 is cut open after that."""
    sides = tr((square * B + c * identity(n)) ** -1), tr((B * square + c * identity(n)) ** -1)
    speaks, positive = tuple(equal(c**2, c).links()), tuple(less(0, c).links())
    assert vanishes(statement(*sides, ()))
    assert vanishes(statement(*sides, positive))
    assert not vanishes(statement(*sides, speaks))
    assert {each.symbol for each in clearing._told(statement(*sides, speaks))} == {"c"}
    assert clearing._told(statement(*sides, ())) == clearing._told(statement(*sides, positive)) == frozenset()
