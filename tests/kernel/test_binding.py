"""Sums, maxima and slots in the normal form: one form at once for what is equal, another for what is not."""

from __future__ import annotations

import pytest
from flint import fmpq

from tests.kernel.forms import seen_to_agree
from tests.kernel.terms import THREE, M, N, bound, free, num, over, plus, scalar, times, total
from verify.kernel import binding, blocks
from verify.kernel.atoms import DeltaForm, EntryForm, MaxForm, MomentForm, Poly, SizeForm, SumForm, canonical
from verify.kernel.contents import subterms
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Facts, Ring, minus
from verify.kernel.symmetry import Symmetry
from verify.kernel.term import (
    Delta,
    Dep,
    Entry,
    Exp,
    Fn,
    Idx,
    Inverse,
    Log,
    Max,
    OutOfBudget,
    Pow,
    Size,
    Slot,
    Subscript,
    Term,
    Unsupported,
    Variable,
)
from verify.kernel.walk import rename as renamed_term

I, J, K, L = bound("i"), bound("j"), bound("k"), bound("l")
P, Q = bound("p", M), bound("q", M)
R, S = bound("r"), bound("s")
F, G, H = free("f"), free("g"), free("h")
a, c = scalar("a"), scalar("c")
W, A, X = Variable("W", (N, N)), Variable("A", (N, N)), Variable("x", (N,))


def w(row: Subscript, column: Subscript) -> Entry:
    return Entry(W, (row, column))


def x(index: Subscript) -> Entry:
    return Entry(X, (index,))


def y(index: Subscript) -> Entry:
    return Entry(Variable("y", (N,)), (index,))


def pair(*terms: Term, facts: Facts | None = None) -> list[Poly]:
    forms = NormalForm(Ring(facts))
    return [forms.of(term) for term in terms]


SAME = [
    pytest.param(total(I, x(I)), total(J, x(J)), id="another name"),
    pytest.param(total(I, num(1)), Size(N), id="ones add up to n"),
    pytest.param(total(I, a), times(Size(N), a), id="a constant n times"),
    pytest.param(total(I, num(0)), num(0), id="nothing"),
    pytest.param(total(I, plus(x(I), y(I), a)), plus(total(I, x(I)), total(J, y(J)), times(a, Size(N))), id="by terms"),
    pytest.param(total(I, times(a, x(I), c)), times(c, a, total(I, x(I))), id="factors come out"),
    pytest.param(total(I, times(Delta(I, F), x(I))), x(F), id="a delta contracts"),
    pytest.param(total(I, times(Delta(F, I), x(I))), x(F), id="turned round"),
    pytest.param(total(I, times(Delta(I, 2), w(I, I))), w(2, 2), id="a number contracts, everywhere"),
    pytest.param(total(I, Delta(I, F)), num(1), id="a delta by itself"),
    pytest.param(total(I, total(J, times(Delta(I, J), w(I, J)))), total(K, w(K, K)), id="two indices become one"),
    pytest.param(
        total(I, total(J, times(Delta(I, J), Delta(J, F), w(I, J)))), w(F, F), id="two deltas after one another"
    ),
    pytest.param(total(I, total(J, w(I, J))), total(J, total(I, w(I, J))), id="sums change places"),
    pytest.param(total(I, total(J, w(I, J))), total(I, total(J, w(J, I))), id="and with them both names"),
    pytest.param(
        total(I, times(x(I), total(J, times(w(I, J), y(J))))),
        total(J, times(y(J), total(I, times(w(I, J), x(I))))),
        id="a bilinear form from both sides",
    ),
    pytest.param(
        total(I, total(J, times(x(I), y(J)))),
        times(total(I, x(I)), total(I, y(I))),
        id="unjoined sums come apart",
    ),
    pytest.param(Pow(total(I, x(I)), 2), total(I, total(J, times(x(I), x(J)))), id="a square of a sum"),
    pytest.param(
        total(K, times(Pow(total(I, w(K, I)), 2), x(K))),
        total(K, total(I, total(J, times(w(K, I), w(K, J), x(K))))),
        id="a square of an inner sum is opened twice",
    ),
    pytest.param(
        total(I, total(J, total(K, times(w(I, J), w(J, K), w(K, I))))),
        total(I, total(J, total(K, times(w(J, K), w(K, I), w(I, J))))),
        id="a cycle of three",
    ),
    pytest.param(
        total(I, total(J, times(w(I, J), w(I, J)))), total(J, total(I, Pow(w(J, I), 2))), id="a sum of squares"
    ),
    pytest.param(total(bound("r", THREE), x(1)), times(num(3), x(1)), id="a sum over a number of places"),
    pytest.param(
        total(bound("r", THREE), Entry(Variable("v", (THREE,)), (bound("r", THREE),))),
        plus(*(Entry(Variable("v", (THREE,)), (place,)) for place in (1, 2, 3))),
        id="is written out",
    ),
    pytest.param(total(I, times(over(total(J, Exp(x(J)))), Exp(x(I)))), num(1), id="a sum cancels its own inverse"),
    pytest.param(total(I, times(over(total(J, w(F, J))), w(F, I), c)), c, id="with a free index"),
    pytest.param(
        total(I, times(x(I), total(J, times(w(I, J), over(total(K, w(I, K))))))), total(I, x(I)), id="under a sum"
    ),
    pytest.param(
        total(I, times(x(I), over(total(J, w(I, J))), total(K, w(I, K)))), total(I, x(I)), id="and with an inner one"
    ),
    pytest.param(
        total(I, Log(plus(num(2), Delta(I, F)))),
        plus(times(plus(Size(N), num(-1)), Log(num(2))), Log(num(3))),
        id="cases",
    ),
    pytest.param(total(I, Fn("f", 1, times(x(I), a))), total(J, Fn("f", 1, times(a, x(J)))), id="in a function"),
    pytest.param(total(I, Log(plus(num(1), Exp(x(I))))), total(J, Log(plus(Exp(x(J)), num(1)))), id="in a logarithm"),
    pytest.param(
        total(I, over(plus(num(1), Exp(x(I))))), total(J, over(plus(Exp(x(J)), num(1)))), id="in a denominator"
    ),
    pytest.param(
        total(I, Exp(total(J, w(I, J)))), total(K, Exp(total(L, w(K, L)))), id="a sum in an exponential under a sum"
    ),
    pytest.param(total(I, Max(J, w(I, J))), total(K, Max(L, w(K, L))), id="a maximum under a sum"),
    pytest.param(Max(I, plus(x(I), a)), plus(a, Max(J, x(J))), id="a constant leaves a maximum"),
    pytest.param(Max(I, a), a, id="the largest of one number"),
    pytest.param(Max(I, times(num(2), x(I))), times(num(2), Max(J, x(J))), id="a positive factor leaves"),
    pytest.param(Max(I, Exp(x(I))), Exp(Max(I, x(I))), id="what increases changes places"),
    pytest.param(
        total(I, Dep("J", ((0, (I,)),), (Slot((J,), x(J)),))),
        total(K, Dep("J", ((0, (K,)),), (Slot((L,), x(L)),))),
        id="the slopes of a dependence",
    ),
    pytest.param(
        Dep("J", ((0, (F,)), (0, (G,))), (Slot((J,), x(J)),)),
        Dep("J", ((0, (G,)), (0, (F,))), (Slot((I,), x(I)),)),
        id="mixed derivatives",
    ),
    pytest.param(
        total(I, Dep("J", (), (Slot((J, 1), w(I, J)),))),
        total(K, Dep("J", (), (Slot((L, 1), w(K, L)),))),
        id="a dependence on a row, under a sum",
    ),
    pytest.param(
        total(I, Inverse(I, F, Slot((J, K), w(J, K)))), total(L, Inverse(L, F, Slot((I, J), w(I, J)))), id="an inverse"
    ),
    pytest.param(
        total(I, times(Inverse(F, I, Slot((J, K), times(x(F), w(J, K)))), y(I))),
        total(L, times(Inverse(F, L, Slot((J, K), w(J, K))), y(L), over(x(F)))),
        id="a factor leaves an inverse",
    ),
    pytest.param(total(I, times(x(I), Pow(x(I), -1))), Size(N), id="what cancels inside"),
    pytest.param(
        total(K, total(I, times(w(I, K), x(I), over(total(J, w(I, J)))))),
        total(I, x(I)),
        id="a sum that cancels an inverse inside of another",
    ),
    pytest.param(
        total(I, total(K, times(x(I), w(I, K), Inverse(K, F, Slot((J, L), w(J, L)))))),
        x(F),
        id="a matrix times its inverse, and a vector",
    ),
    pytest.param(
        Max(I, plus(x(I), Max(J, plus(y(J), w(I, J))))),
        Max(J, plus(y(J), Max(I, plus(x(I), w(I, J))))),
        id="maxima within one another",
    ),
    pytest.param(
        total(I, times(y(I), Log(plus(x(F), times(num(-1), x(G)), times(num(2), Exp(y(I))))))),
        total(J, times(Log(plus(times(num(2), Exp(y(J))), x(F), times(num(-1), x(G)))), y(J))),
        id="a logarithm that comes apart where two indices become one",
    ),
    pytest.param(
        total(P, total(I, times(Entry(Variable("V", (M, N)), (P, I)), x(I)))),
        total(I, total(P, times(x(I), Entry(Variable("V", (M, N)), (P, I))))),
        id="indices of two dimensions",
    ),
    pytest.param(
        total(I, total(J, total(K, times(w(I, J), w(J, K), w(K, I))))),
        total(I, total(J, total(K, times(w(I, K), w(K, J), w(J, I))))),
        id="the trace of a cube, its indices in either order",
    ),
    pytest.param(
        total(I, total(J, total(K, times(y(I), w(I, J), Inverse(J, K, Slot((R, S), w(R, S))), x(K))))),
        total(I, times(x(I), y(I))),
        id="a matrix and its inverse between two vectors",
    ),
    pytest.param(
        total(I, total(J, times(Delta(I, J), w(I, J)))),
        total(J, total(I, times(Delta(I, J), w(I, J)))),
        id="a delta of two bound indices, whichever is first",
    ),
    pytest.param(
        Exp(times(num("3/2"), total(I, w(F, I)))),
        Pow(Exp(times(num("1/2"), total(I, w(F, I)))), 3),
        id="a cube",
    ),
    pytest.param(
        total(I, times(x(I), y(I), over(total(J, x(J))))),
        times(total(I, times(x(I), y(I))), over(total(J, x(J)))),
        id="a mean with weights: another sum is not what it is divided by",
    ),
    pytest.param(
        Dep("J", (), (Slot((I,), num(3)),)), Dep("J", (), (Slot((K,), num(3)),)), id="a slot in which all entries are 3"
    ),
    pytest.param(
        Dep("J", (), (Slot((I,), Dep("K", (), (Slot((J,), total(L, times(w(J, L), x(I), x(L)))),))),)),
        Dep("J", (), (Slot((K,), Dep("K", (), (Slot((L,), total(I, times(w(L, I), x(K), x(I)))),))),)),
        id="a sum in a slot in a slot",
    ),
]
OTHER = [
    pytest.param(
        Dep("J", (), (Slot((I,), Dep("K", (), (Slot((J,), total(L, times(w(J, L), x(I), x(L)))),))),)),
        Dep("J", (), (Slot((I,), Dep("K", (), (Slot((J,), total(L, times(w(J, L), x(L), x(L)))),))),)),
        id="the index of the outer slot taken for that of the sum",
    ),
    pytest.param(total(I, x(I)), total(I, y(I)), id="another vector"),
    pytest.param(total(I, w(I, I)), total(I, total(J, w(I, J))), id="a trace and the whole"),
    pytest.param(total(I, w(F, I)), total(I, w(I, F)), id="a row and a column"),
    pytest.param(total(I, w(F, I)), total(I, w(G, I)), id="two rows"),
    pytest.param(total(I, Pow(x(I), 2)), Pow(total(I, x(I)), 2), id="a sum of squares and a square of a sum"),
    pytest.param(total(I, times(x(I), y(I))), times(total(I, x(I)), total(I, y(I))), id="a sum of products"),
    pytest.param(
        total(I, total(J, times(w(I, J), w(J, I)))), total(I, total(J, Pow(w(I, J), 2))), id="tr(WW) and the squares"
    ),
    pytest.param(
        total(I, total(J, total(K, times(w(I, J), w(J, K), w(K, I))))),
        total(I, total(J, total(K, times(w(I, J), w(J, K), w(I, K))))),
        id="a cycle of three with one turned round",
    ),
    pytest.param(total(I, a), total(P, a), id="n and m"),
    pytest.param(total(I, times(Delta(I, F), x(I))), x(G), id="a delta of another index"),
    pytest.param(total(I, times(Delta(I, F), x(G))), num(1), id="a factor beside a delta"),
    pytest.param(total(I, Exp(x(I))), Exp(total(I, x(I))), id="e to a sum"),
    pytest.param(Max(I, times(c, x(I))), times(c, Max(I, x(I))), id="a factor of unknown sign"),
    pytest.param(Max(I, times(num(-1), x(I))), times(num(-1), Max(I, x(I))), id="a negative one"),
    pytest.param(
        Dep("J", ((0, (F,)),), (Slot((J,), x(J)),)), Dep("J", ((0, (G,)),), (Slot((J,), x(J)),)), id="another slope"
    ),
    pytest.param(
        Dep("J", (), (Slot((J, K), w(J, K)),)), Dep("J", (), (Slot((J, K), w(K, J)),)), id="a matrix turned round"
    ),
    pytest.param(total(I, times(over(total(J, x(J))), y(I))), num(1), id="a sum over another one"),
    pytest.param(total(I, times(over(total(J, w(I, J))), w(I, F))), num(1), id="an inverse that depends on the index"),
    pytest.param(total(I, Max(J, w(I, J))), total(I, Max(J, w(J, I))), id="rows and columns of a maximum"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_is_the_same_at_once(left: Term, right: Term) -> None:
    one, other = pair(left, right)
    assert one == other


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_what_is_not(left: Term, right: Term) -> None:
    one, other = pair(left, right)
    assert one != other


@pytest.mark.parametrize(("left", "right"), [*SAME, *OTHER])
def test_values(left: Term, right: Term) -> None:
    for term in (left, right):
        (form,) = pair(term)
        assert seen_to_agree(term, form, (F, G, H), points=6) >= 1


@pytest.mark.parametrize(("left", "right"), [*SAME, *OTHER])
def test_renaming_a_normal_form_is_the_normal_form_of_the_renamed(left: Term, right: Term) -> None:
    """With an index, a number, two that become one, and two that change places."""
    for names in ({F: G}, {F: 2}, {F: H, G: H}, {F: G, G: F}, {G: 1}, {H: F}):
        ring = Ring()
        forms = NormalForm(ring)
        for side in (left, right):
            if names == {F: 2} and any(isinstance(each, Inverse) for each in subterms(side)):
                continue
            again = binding.rename(ring, forms.of(side), dict(names))
            assert again == forms.of(renamed_term(side, dict(names)))


def test_deltas() -> None:
    """Different free indices differ; a bound one may be equal; two that are the same are."""
    ring = Ring()
    assert binding.delta(ring, F, F) == ring.constant(1)
    assert binding.delta(ring, 2, 2) == ring.constant(1)
    assert binding.delta(ring, F, G) == {}
    assert binding.delta(ring, F, 2) == {}
    assert binding.delta(ring, 1, 2) == {}
    assert binding.delta(ring, I, F) == binding.delta(ring, F, I) == ring.of(DeltaForm(F, I))
    assert binding.delta(ring, I, 1) == ring.of(DeltaForm(1, I))
    assert binding.delta(ring, I, J) == binding.delta(ring, J, I) != {}


def symmetric(kind: Symmetry) -> Facts:
    return Facts(symmetries=((A, kind),))


def at(row: Subscript, column: Subscript) -> Entry:
    return Entry(A, (row, column))


def test_entries_of_a_symmetric_matrix() -> None:
    one, other = pair(at(F, G), at(G, F), facts=symmetric(Symmetry.SYMMETRIC))
    assert one == other
    one, other = pair(w(F, G), w(G, F), facts=symmetric(Symmetry.SYMMETRIC))
    assert one != other
    one, other = pair(
        total(I, total(J, times(at(I, J), x(I), y(J)))),
        total(I, total(J, times(at(I, J), y(I), x(J)))),
        facts=symmetric(Symmetry.SYMMETRIC),
    )
    assert one == other


def test_entries_of_an_antisymmetric_matrix() -> None:
    one, other, diagonal, form = pair(
        at(F, G),
        times(num(-1), at(G, F)),
        at(F, F),
        total(I, total(J, times(at(I, J), x(I), x(J)))),
        facts=symmetric(Symmetry.ANTISYMMETRIC),
    )
    assert one == other != {}
    assert diagonal == {}
    assert form == {}
    one, other = pair(
        total(I, total(J, times(at(I, J), x(I), y(J)))),
        total(I, total(J, times(num(-1), at(I, J), y(I), x(J)))),
        facts=symmetric(Symmetry.ANTISYMMETRIC),
    )
    assert one == other != {}


def test_entries_of_a_diagonal_matrix() -> None:
    apart, together, product, diagonal = pair(
        at(F, G),
        at(F, F),
        total(I, times(at(F, I), x(I))),
        times(at(F, F), x(F)),
        facts=symmetric(Symmetry.DIAGONAL),
    )
    assert apart == {}
    assert [atom.form for monomial in together for atom, _ in monomial] == [EntryForm(A, (F, F))]
    assert product == diagonal


def test_sums_that_hypotheses_give() -> None:
    """The entries of y over its first axis add up to 3, and nothing else does."""
    Y = Variable("Y", (N, N))
    facts = Facts(sums=((Y, 0, fmpq(3)),))

    def at(row: Subscript, column: Subscript) -> Entry:
        return Entry(Y, (row, column))

    column, row, trace, square, product, three = pair(
        total(I, at(I, F)),
        total(I, at(F, I)),
        total(I, at(I, I)),
        total(I, Pow(at(I, F), 2)),
        total(I, total(J, times(at(I, J), x(J)))),
        num(3),
        facts=facts,
    )
    assert column == three
    assert three not in (row, trace, square)
    (by_hand,) = pair(times(num(3), total(J, x(J))))
    assert len(product) == len(by_hand) == 1
    assert [*product.values()] == [*by_hand.values()]
    whole, weighted = pair(total(I, total(J, at(I, J))), total(I, times(at(I, F), x(I))), facts=facts)
    assert whole == pair(times(num(3), Size(N)))[0] or [*whole.values()] == [fmpq(3)]
    assert [*weighted.values()] == [fmpq(1)]


def test_a_given_sum_of_a_symmetric_matrix_holds_along_both_axes() -> None:
    facts = Facts(sums=((A, 0, fmpq(3)),), symmetries=((A, Symmetry.SYMMETRIC),))
    one, other, three, trace = pair(total(I, at(I, F)), total(I, at(F, I)), num(3), total(I, at(I, I)), facts=facts)
    assert one == other == three != trace


def test_steps_of_sums_are_counted() -> None:
    forms = NormalForm(Ring(steps=3))
    with pytest.raises(OutOfBudget):
        forms.of(total(I, plus(x(I), y(I), a)))


def test_orders_of_indices_are_bounded() -> None:
    """Eight indices that nothing tells apart have 40320 orders."""
    several = [bound("s", N, number) for number in range(8)]
    body: Term = a
    for one, other in zip(several, several[1:] + several[:1], strict=True):
        body = times(body, w(one, other))
    for index in several:
        body = total(index, body)
    with pytest.raises(OutOfBudget):
        NormalForm(Ring()).of(body)


def test_factors_without_an_index_stay_beside_a_block() -> None:
    ring = Ring()
    forms = NormalForm(ring)
    (monomial,) = forms.of(times(a, x(I)))
    assert blocks.summed(ring, [I], monomial, binding.rename) == forms.of(times(a, total(I, x(I))))
    (apart,) = forms.of(times(a, x(I), y(J)))
    both = forms.of(times(a, total(I, x(I)), total(J, y(J))))
    assert blocks.summed(ring, [I, J], apart, binding.rename) == both


def test_a_body_that_changes_form_is_refused() -> None:
    def wrong(ring: Ring, poly: Poly, names: dict[Idx, Subscript]) -> Poly:
        return ring.sum((poly, ring.constant(1)))

    ring = Ring()
    (monomial,) = ring.of(EntryForm(X, (I,)))
    with pytest.raises(Unsupported, match=r"^a sum whose body changes form when its indices are renamed$"):
        blocks.summed(ring, [I], monomial, wrong)


def test_sizes_and_exponentials_have_no_index_of_their_own() -> None:
    ring = Ring()
    with pytest.raises(AssertionError, match="has no index of its own to rename"):
        binding._rebuilt(ring, ring.atom(SizeForm("n")), {F: G})


def test_moments_are_renamed_inside() -> None:
    ring = Ring()
    ((monomial, _),) = ring.of(EntryForm(X, (F,)), 2).items()
    ((expected, _),) = ring.of(EntryForm(X, (G,)), 2).items()
    assert binding.rename(ring, ring.of(MomentForm(monomial)), {F: G}) == ring.of(MomentForm(expected))


def test_a_sum_keeps_its_indices_only_where_no_name_meets_them() -> None:
    """Of W_fi A_ij over i and j, and of W_fi x_i over i: f must not become i, or j."""
    ring = Ring()
    forms = NormalForm(ring)
    (((atom, _),),) = forms.of(total(I, total(J, times(w(F, I), Entry(A, (I, J)), x(J)))))
    assert isinstance(atom.form, SumForm)
    first, second = atom.form.over
    for name in (first, second, G):
        assert binding._same_sum(ring, atom.form, atom.depth, {F: name}) is None, "it has two"
    (((atom, _),),) = forms.of(total(I, times(w(F, I), x(I))))
    assert isinstance(atom.form, SumForm)
    assert binding._same_sum(ring, atom.form, atom.depth, {F: atom.form.over[0]}) is None
    assert binding._same_sum(ring, atom.form, atom.depth, {F: G}) == forms.of(total(I, times(w(G, I), x(I))))
    assert binding._same_sum(ring, atom.form, atom.depth + 1, {F: G}) is None, "its name is that of another depth"
    known = Ring(Facts(symmetries=((W, Symmetry.SYMMETRIC),)))
    (((atom, _),),) = NormalForm(known).of(total(I, times(w(F, I), x(I))))
    assert isinstance(atom.form, SumForm)
    assert binding._same_sum(known, atom.form, atom.depth, {F: G}) is None, "symmetries have rules for names"


def test_names_of_sums_are_canonical() -> None:
    """The index of a sum is the first of its depth, that of a sum around it one of a larger depth."""
    ring = Ring()
    forms = NormalForm(ring)
    (((atom, _),),) = forms.of(total(I, x(I)))
    assert isinstance(atom.form, SumForm)
    assert atom.form.over == (canonical(1, 0, N),)
    (((outer, _),),) = forms.of(total(I, Exp(total(J, w(I, J)))))
    assert isinstance(outer.form, SumForm)
    assert outer.form.over == (canonical(2, 0, N),)
    (((largest, _),),) = forms.of(Max(I, plus(x(I), total(J, w(I, J)))))
    assert isinstance(largest.form, MaxForm)
    assert largest.form.over == canonical(2, 0, N)
    (((both, _),),) = forms.of(total(I, total(J, times(w(I, J), x(J)))))
    assert isinstance(both.form, SumForm)
    assert set(both.form.over) == {canonical(1, 0, N), canonical(1, 1, N)}


def test_what_is_renamed_is_remembered_by_its_names() -> None:
    ring = Ring()
    forms = NormalForm(ring)
    poly = forms.of(total(I, times(w(F, I), w(G, I))))
    first, second = binding.rename(ring, poly, {F: 1}), binding.rename(ring, poly, {G: 1})
    third = binding.rename(ring, poly, {F: 1, G: 1})
    assert first != third != second
    assert binding.rename(ring, poly, {F: 1}) == first
    assert minus(first, binding.rename(ring, second, {F: G})) == {}
