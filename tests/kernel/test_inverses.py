"""Entries of inverse matrices in the normal form, against what matrices say; and declared symmetries read from it."""

from __future__ import annotations

import pytest
from flint import fmpq

from tests.kernel.forms import seen_to_agree
from tests.kernel.terms import M, N, bound, free, num, over, plus, scalar, times, total
from verify.kernel import inverses
from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    DeltaForm,
    EntryForm,
    Exponent,
    InverseForm,
    Monomial,
    Poly,
    SumForm,
    canonical,
    monomial_of,
)
from verify.kernel.division import reduced
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Facts, Ring
from verify.kernel.symmetry import Residuals, Symmetry, symmetry_in
from verify.kernel.term import (
    Delta,
    Entry,
    Exp,
    Idx,
    Inverse,
    Pow,
    Slot,
    Subscript,
    Term,
    Undefined,
    Variable,
)

I, J, K, L, R, S = (bound(name) for name in "ijklrs")
P, Q = bound("p", M), bound("q", M)
F, G = free("f"), free("g")
A, B, C = (Variable(name, (N, N)) for name in "ABC")
V = Variable("V", (N, M))
X = Variable("x", (N,))
a, c = scalar("a"), scalar("c")


def at(matrix: Variable, row: Subscript, column: Subscript) -> Entry:
    return Entry(matrix, (row, column))


def x(index: Subscript) -> Entry:
    return Entry(X, (index,))


def inverse(row: Subscript, column: Subscript, body: Term, over_: tuple[Idx, Idx] = (I, J)) -> Inverse:
    return Inverse(row, column, Slot(over_, body))


def of(matrix: Variable, row: Subscript, column: Subscript) -> Inverse:
    return inverse(row, column, at(matrix, I, J))


one = Delta(I, J)
AB = total(K, times(at(A, I, K), at(B, K, J)))
ABC = total(K, total(L, times(at(A, I, K), at(B, K, L), at(C, L, J))))
gram = total(P, times(Entry(V, (I, P)), Entry(V, (J, P))))
ridge = plus(gram, times(a, one))
SAME = [
    pytest.param(inverse(F, G, at(A, I, J)), inverse(F, G, at(A, K, L), (K, L)), id="other names"),
    pytest.param(inverse(F, G, at(A, J, I)), of(A, G, F), id="of the transpose the transpose"),
    pytest.param(inverse(F, G, times(num(2), at(A, I, J))), times(num("1/2"), of(A, F, G)), id="a number leaves"),
    pytest.param(inverse(F, G, times(a, at(A, I, J))), times(over(a), of(A, F, G)), id="a factor leaves"),
    pytest.param(
        inverse(F, G, plus(times(a, c, at(A, I, J)), times(a, at(B, I, J)))),
        times(over(a), inverse(F, G, plus(times(c, at(A, I, J)), at(B, I, J)))),
        id="a factor of all terms",
    ),
    pytest.param(
        inverse(F, G, plus(times(num(-3), at(A, I, J)), times(num(6), at(B, I, J)))),
        times(num("1/6"), inverse(F, G, plus(at(B, I, J), times(num("-1/2"), at(A, I, J))))),
        id="the leading coefficient",
    ),
    pytest.param(inverse(F, G, one), num(0), id="of the identity, off the diagonal"),
    pytest.param(inverse(F, F, one), num(1), id="and on it"),
    pytest.param(inverse(F, F, times(one, x(I))), over(x(F)), id="of a diagonal matrix"),
    pytest.param(inverse(F, F, plus(times(one, x(I)), one)), over(plus(x(F), num(1))), id="of a sum of such"),
    pytest.param(
        total(K, times(inverse(F, K, times(one, x(I))), at(A, K, G))),
        times(over(x(F)), at(A, F, G)),
        id="and a product",
    ),
    pytest.param(inverse(F, G, of(A, I, J)), at(A, F, G), id="the inverse of the inverse"),
    pytest.param(inverse(F, G, of(A, J, I)), at(A, G, F), id="of the transposed inverse"),
    pytest.param(inverse(F, G, times(a, of(A, I, J))), times(over(a), at(A, F, G)), id="of a multiple of it"),
    pytest.param(inverse(F, G, times(x(I), at(A, I, J))), times(of(A, F, G), over(x(G))), id="rows that are scaled"),
    pytest.param(inverse(F, G, times(x(J), at(A, I, J))), times(of(A, F, G), over(x(F))), id="columns that are scaled"),
    pytest.param(
        inverse(F, G, times(x(I), Exp(x(J)), at(A, I, J))),
        times(of(A, F, G), over(x(G)), Exp(times(num(-1), x(F)))),
        id="both",
    ),
    pytest.param(inverse(F, G, AB), total(R, times(of(B, F, R), of(A, R, G))), id="of a product, in the other order"),
    pytest.param(
        inverse(F, G, ABC),
        total(R, total(S, times(of(C, F, R), of(B, R, S), of(A, S, G)))),
        id="of a product of three",
    ),
    pytest.param(
        inverse(F, G, times(num(3), AB)),
        times(num("1/3"), total(R, times(of(B, F, R), of(A, R, G)))),
        id="of a multiple",
    ),
    pytest.param(total(K, times(at(A, F, K), of(A, K, F))), num(1), id="a matrix times its inverse"),
    pytest.param(total(K, times(at(A, F, K), of(A, K, G))), num(0), id="off the diagonal"),
    pytest.param(total(K, times(of(A, F, K), at(A, K, F))), num(1), id="from the other side"),
    pytest.param(total(K, times(of(A, F, K), at(A, K, G))), num(0), id="off the diagonal there"),
    pytest.param(total(R, total(K, times(at(A, R, K), of(A, K, R)))), total(R, num(1)), id="the trace of the identity"),
    pytest.param(total(K, total(L, times(x(K), at(A, K, L), of(A, L, F)))), x(F), id="with a vector from the left"),
    pytest.param(total(K, total(L, times(of(A, F, K), at(A, K, L), x(L)))), x(F), id="with one from the right"),
    pytest.param(
        total(K, times(inverse(F, K, plus(at(A, I, J), at(B, I, J))), plus(at(A, K, F), at(B, K, F)))),
        num(1),
        id="of a sum of two",
    ),
    pytest.param(
        total(K, times(inverse(F, K, plus(at(A, I, J), times(a, one))), at(A, K, G))),
        times(num(-1), a, inverse(F, G, plus(at(A, I, J), times(a, one)))),
        id="of a shifted matrix: (A + a)^-1 A = 1 - a (A + a)^-1, off the diagonal",
    ),
    pytest.param(
        total(K, total(P, times(inverse(F, K, ridge), Entry(V, (K, P)), Entry(V, (F, P))))),
        plus(num(1), times(num(-1), a, inverse(F, F, ridge))),
        id="of a sum of products",
    ),
    pytest.param(inverse(F, G, ridge), inverse(G, F, ridge), id="of what is its own transpose"),
    pytest.param(total(K, times(over(a), of(A, F, K), at(A, K, F))), over(a), id="beside a factor"),
]
lopsided = plus(at(A, I, J), times(num(2), at(A, J, I)))
SAME.append(
    pytest.param(
        inverse(F, G, lopsided),
        inverse(G, F, plus(at(A, J, I), times(num(2), at(A, I, J)))),
        id="of a matrix and twice its transpose",
    )
)
OTHER = [
    pytest.param(inverse(F, G, times(of(A, I, J), at(B, I, J))), at(A, F, G), id="an inverse times others, entrywise"),
    pytest.param(inverse(F, G, Pow(of(A, I, J), 2)), at(A, F, G), id="squares of an inverse's entries"),
    pytest.param(inverse(F, G, lopsided), inverse(G, F, lopsided), id="what is not its own transpose"),
    pytest.param(of(A, F, G), of(A, G, F), id="the transpose"),
    pytest.param(of(A, F, G), of(B, F, G), id="of another matrix"),
    pytest.param(of(A, F, G), over(at(A, F, G)), id="one over the entry"),
    pytest.param(inverse(F, G, AB), total(R, times(of(A, F, R), of(B, R, G))), id="the order of a product"),
    pytest.param(inverse(F, G, times(num(2), at(A, I, J))), times(num(2), of(A, F, G)), id="a number the wrong way"),
    pytest.param(inverse(F, G, times(num(-1), at(A, I, J))), of(A, F, G), id="a sign"),
    pytest.param(inverse(F, G, plus(at(A, I, J), at(B, I, J))), plus(of(A, F, G), of(B, F, G)), id="a sum"),
    pytest.param(inverse(F, G, times(x(I), at(A, I, J))), times(of(A, F, G), over(x(F))), id="rows for columns"),
    pytest.param(total(K, times(at(A, K, F), of(A, K, G))), num(0), id="joined at the wrong index"),
    pytest.param(total(K, times(at(A, F, K), of(A, K, F), x(K))), num(1), id="an index that is used elsewhere"),
    pytest.param(total(K, times(at(A, F, K), of(A, K, F), at(A, F, K))), at(A, F, F), id="a matrix twice"),
    pytest.param(total(K, times(at(B, F, K), of(A, K, F))), num(1), id="another matrix"),
    pytest.param(total(K, Pow(times(at(A, F, K), of(A, K, F)), 2)), num(1), id="a square"),
    pytest.param(total(K, times(at(A, F, K), Pow(of(A, K, F), 2))), num(1), id="a square of the inverse"),
    pytest.param(inverse(F, F, times(at(A, I, J), at(A, I, J))), Pow(of(A, F, F), 2), id="entrywise squares"),
    pytest.param(inverse(F, G, plus(at(A, I, J), one)), of(A, F, G), id="a shifted one"),
    pytest.param(
        total(K, times(inverse(F, K, plus(at(A, I, J), times(a, one))), at(A, K, F))), num(1), id="a shift lost"
    ),
]


def normal(*terms: Term, facts: Facts | None = None) -> list[Poly]:
    ring = Ring(facts)
    forms = NormalForm(ring)
    return [reduced(ring, forms.of(each)) for each in terms]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_is_the_same_at_once(left: Term, right: Term) -> None:
    first, second = normal(left, right)
    assert first == second


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_what_is_not(left: Term, right: Term) -> None:
    first, second = normal(left, right)
    assert first != second


@pytest.mark.parametrize(("left", "right"), [*SAME, *OTHER])
@pytest.mark.parametrize("size", [2, 3])
def test_values(left: Term, right: Term, size: int) -> None:
    for term in (left, right):
        (form,) = normal(term)
        assert seen_to_agree(term, form, (F, G), size, points=4) >= 1


def test_a_matrix_without_a_leading_term_is_not_joined_to_its_inverse() -> None:
    """Of entries that are exponentials none stands for the matrix; the value is what it is."""
    body = Exp(at(A, I, J))
    term = total(K, times(inverse(F, K, body), Exp(at(A, K, G))))
    (form,) = normal(term)
    assert form != {}
    assert seen_to_agree(term, form, (F, G), 2, points=4) >= 1


def test_a_matrix_of_ones_is_written_down() -> None:
    """It has no inverse, which is for others to say."""
    (form,) = normal(inverse(F, G, num(1)))
    assert len(form) == 1


def test_numbers_as_subscripts() -> None:
    product, diagonal = normal(total(K, times(at(A, 1, K), of(A, K, 1))), num(1))
    assert product == diagonal
    product, off = normal(total(K, times(at(A, 1, K), of(A, K, 2))), num(0))
    assert product == off
    for term in (of(A, 1, 2), inverse(2, 1, times(x(I), at(A, I, J))), inverse(1, 1, AB)):
        (form,) = normal(term)
        assert seen_to_agree(term, form, points=4) >= 1


def test_symmetric_matrices_have_symmetric_inverses() -> None:
    symmetric = Facts(symmetries=((A, Symmetry.SYMMETRIC),))
    first, second = normal(of(A, F, G), of(A, G, F), facts=symmetric)
    assert first == second
    antisymmetric = Facts(symmetries=((A, Symmetry.ANTISYMMETRIC),))
    first, second, diagonal = normal(of(A, F, G), times(num(-1), of(A, G, F)), of(A, F, F), facts=antisymmetric)
    assert first == second != {}
    assert diagonal == {}
    of_diagonal, expected = normal(of(A, F, F), over(at(A, F, F)), facts=Facts(symmetries=((A, Symmetry.DIAGONAL),)))
    assert of_diagonal == expected


def test_the_inverse_of_zero() -> None:
    with pytest.raises(Undefined, match=r"^the inverse of zero$"):
        normal(inverse(F, G, plus(at(A, I, J), times(num(-1), at(A, I, J)))))


def test_factors_of_a_matrix() -> None:
    """One over what all terms have in common, without the two indices, and what is left."""
    ring = Ring()
    forms = NormalForm(ring)
    body = forms.of(plus(times(num(4), a, Pow(c, 2), at(A, I, J)), times(num(2), a, c, at(B, I, J))))
    scale, rest = inverses._without_factor(ring, (I, J), body)
    assert ring.product(scale, body) == rest
    assert all(ring.atom(EntryForm(Variable("a", ()), ())) not in dict(monomial) for monomial in rest)
    delta = ring.product(ring.of(DeltaForm(I, J)), forms.of(a))
    scale, rest = inverses._without_factor(ring, (I, J), delta)
    assert rest == ring.of(DeltaForm(I, J))
    assert scale == forms.of(over(a))


def test_products_are_cut_where_nothing_else_joins_them() -> None:
    ring = Ring()

    def power(matrix: Variable, row: Idx, column: Idx) -> tuple[Atom, Exponent]:
        return ring.atom(EntryForm(matrix, (row, column))), 1

    def product_of(*powers: tuple[Atom, Exponent]) -> Monomial:
        return monomial_of(dict(powers))

    left, right = power(A, I, K), power(B, K, J)
    both = product_of(left, right)
    assert inverses._cut(both, (I, J), K, []) == ((left,), (right,))
    vector_left: tuple[Atom, Exponent] = (ring.atom(EntryForm(X, (I,))), 1)
    with_vector = product_of(left, right, vector_left)
    found = inverses._cut(with_vector, (I, J), K, [])
    assert found is not None
    assert dict(found[0]) == dict([left, vector_left])
    joined = product_of(left, right, power(C, I, J))
    assert inverses._cut(joined, (I, J), K, []) is None
    apart = product_of(left, power(B, L, J))
    assert inverses._cut(apart, (I, J), K, [L]) is None
    loose = product_of(left, right, (ring.atom(EntryForm(X, (L,))), 1))
    assert inverses._cut(loose, (I, J), K, [L]) is None


def test_where_a_matrix_may_end() -> None:
    ring = Ring()
    monomial = monomial_of(
        {ring.atom(EntryForm(A, (F, I))): 1, ring.atom(EntryForm(B, (2, I))): 1, ring.atom(EntryForm(V, (J, P))): 1}
    )
    assert inverses._ends(monomial, I) == [2, F, J]
    assert inverses._ends(monomial, J) == [2, F, I]


def test_leading_terms() -> None:
    ring = Ring()
    over_ = (canonical(1, 0, N), canonical(1, 1, N))
    first, second = over_
    entry_form = EntryForm(A, over_)
    inner = canonical(1, 2, N)
    product = monomial_of({ring.atom(EntryForm(A, (first, inner))): 1, ring.atom(EntryForm(B, (inner, second))): 1})
    assert inverses._is_lead(((ring.atom(entry_form), 1),), over_)
    assert inverses._is_lead(((ring.atom(SumForm((inner,), product)), 1),), over_)
    assert not inverses._is_lead(((ring.atom(entry_form), 2),), over_)
    assert not inverses._is_lead(((ring.atom(EntryForm(A, (first, first))), 1),), over_)
    assert not inverses._is_lead(CONSTANT, over_)
    assert not inverses._is_lead(((ring.atom(DeltaForm(first, second)), 1),), over_)
    assert not inverses._is_lead(product, over_)


def test_what_is_left_beside_an_inverse() -> None:
    ring = Ring()
    form = ring.atom(InverseForm(I, G, (canonical(1, 0, N), canonical(1, 1, N)), ()))
    matrix, other = ring.atom(EntryForm(A, (F, I))), ring.atom(EntryForm(X, (G,)))
    monomial = monomial_of({form: 1, matrix: 2, other: 1})
    wanted: Poly = {((matrix, 1),): fmpq(1)}
    twice: Poly = {((matrix, 1),): fmpq(2)}
    thrice: Poly = {((matrix, 3),): fmpq(1)}
    more: Poly = {((matrix, 1),): fmpq(1), CONSTANT: fmpq(1)}
    assert inverses._divided(monomial_of({form: 1, matrix: 1, other: 1}), wanted, form, (I,)) == ((other, 1),)
    assert inverses._divided(monomial, wanted, form, (I,)) is None, "the index is left"
    assert inverses._divided(monomial, wanted, form, ()) == monomial_of({matrix: 1, other: 1})
    assert inverses._divided(monomial, twice, form, ()) is None
    assert inverses._divided(monomial, thrice, form, ()) is None
    assert inverses._divided(monomial, {CONSTANT: fmpq(1)}, form, ()) is None
    assert inverses._divided(monomial, {}, form, ()) is None
    assert inverses._divided(monomial, more, form, ()) is None


def entry_poly(ring: Ring, matrix: Variable, row: Subscript, column: Subscript, coefficient: int = 1) -> Poly:
    return ring.scaled(ring.of(EntryForm(matrix, (row, column))), fmpq(coefficient))


Terms = list[tuple[Variable, Subscript, Subscript, int]]


def read(apart: Terms, together: Terms) -> object:
    """The symmetry in an equation whose two cases are these sums of entries."""
    ring = Ring()
    return symmetry_in(Residuals(*(ring.sum(entry_poly(ring, *each) for each in terms) for terms in (apart, together))))


H = free("h", M)
SYMMETRIES = [
    pytest.param([(A, F, G, 1), (A, G, F, -1)], [], (A, Symmetry.SYMMETRIC), id="A_fg - A_gf = 0"),
    pytest.param([(A, F, G, 2), (A, G, F, -2)], [], (A, Symmetry.SYMMETRIC), id="twice that"),
    pytest.param([(A, F, G, 1), (A, G, F, 1)], [(A, F, F, 2)], (A, Symmetry.ANTISYMMETRIC), id="A_fg + A_gf = 0"),
    pytest.param([(A, F, G, 1)], [], (A, Symmetry.DIAGONAL), id="A_fg = 0 where f is not g"),
    pytest.param([(A, F, G, -3)], [], (A, Symmetry.DIAGONAL), id="a multiple"),
    pytest.param([(A, F, G, 1)], [(A, F, F, 1)], None, id="A = 0"),
    pytest.param([(A, F, G, 1), (A, G, F, -1)], [(A, F, F, 1)], None, id="a symmetry, and a diagonal of 0"),
    pytest.param([(A, F, G, 1), (A, G, F, 1)], [], None, id="an antisymmetry without its diagonal"),
    pytest.param([(A, F, G, 1), (A, G, F, 1)], [(A, F, G, 2)], None, id="with something else together"),
    pytest.param([(A, F, G, 1), (A, G, F, 1)], [(B, F, F, 2)], None, id="with the diagonal of another"),
    pytest.param([(A, F, G, 1), (A, G, F, -2)], [], None, id="A_fg = 2 A_gf"),
    pytest.param([(A, F, G, 1), (B, G, F, -1)], [], None, id="two matrices"),
    pytest.param([(A, F, F, 1)], [], None, id="a diagonal entry"),
    pytest.param([(A, F, 1, 1), (A, 1, F, -1)], [], None, id="one row"),
    pytest.param([(A, F, K, 1), (A, K, F, -1)], [], None, id="a bound index"),
    pytest.param([], [], None, id="nothing"),
    pytest.param([(A, F, G, 1), (A, G, F, -1), (B, F, G, 1)], [], None, id="a third term"),
]


@pytest.mark.parametrize(("apart", "together", "expected"), SYMMETRIES)
def test_symmetries_that_an_equation_says(apart: Terms, together: Terms, expected: object) -> None:
    assert read(apart, together) == expected


def test_other_equations_say_none() -> None:
    ring = Ring()
    entry_fg = entry_poly(ring, A, F, G)
    constant = ring.constant(1)
    assert symmetry_in(Residuals(ring.sum((entry_fg, constant)), {})) is None
    assert symmetry_in(Residuals(ring.product(entry_fg, entry_fg), {})) is None
    rectangular = ring.of(EntryForm(V, (F, H)))
    assert symmetry_in(Residuals(rectangular, {})) is None
    vector = ring.of(EntryForm(X, (F,)))
    assert symmetry_in(Residuals(vector, {})) is None
