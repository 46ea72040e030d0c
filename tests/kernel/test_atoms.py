"""Atoms: what is free in them, how deep they are, and an order of them that is the same in every run."""

from __future__ import annotations

from itertools import combinations

import pytest
from flint import fmpq

from tests.kernel.terms import M, N, bound, free
from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    Content,
    DeltaForm,
    DepForm,
    DivisorForm,
    EntryForm,
    ExpForm,
    FnForm,
    Form,
    InverseForm,
    LogForm,
    MaxForm,
    MomentForm,
    Monomial,
    SizeForm,
    SumForm,
    canonical,
    content,
    form_parts,
    monomial_of,
)
from verify.kernel.ring import Ring
from verify.kernel.term import Idx, Variable

RING = Ring()
F, G, I = free("f"), free("g"), bound("i")
C0, C1, D0 = canonical(1, 0, N), canonical(1, 1, N), canonical(2, 0, N)
W, X = Variable("W", (N, N)), Variable("x", (N,))


def atom(form: Form) -> Atom:
    return RING.atom(form)


def power(form: Form, exponent: int = 1) -> Monomial:
    return ((atom(form), exponent),)


def terms(*monomials: Monomial) -> Content:
    return tuple((each, fmpq(1)) for each in monomials)


w_fc = EntryForm(W, (F, C0))
x_f, x_g, x_c = EntryForm(X, (F,)), EntryForm(X, (G,)), EntryForm(X, (C0,))
inner = SumForm((C0,), power(w_fc))
FREE: list[tuple[Form, set[Idx], int]] = [
    (x_f, {F}, 0),
    (EntryForm(W, (F, 2)), {F}, 0),
    (EntryForm(X, (1,)), set(), 0),
    (DeltaForm(F, I), {F, I}, 0),
    (SizeForm("n"), set(), 0),
    (ExpForm(power(x_f)), {F}, 0),
    (ExpForm(((atom(x_f), 1), (atom(x_g), 2))), {F, G}, 0),
    (ExpForm(CONSTANT), set(), 0),
    (LogForm(terms(power(x_f), power(x_g))), {F, G}, 0),
    (FnForm("f", 1, terms(power(x_f))), {F}, 0),
    (DivisorForm(terms(power(x_f), CONSTANT)), {F}, 0),
    (MomentForm(power(x_f)), {F}, 0),
    (inner, {F}, 1),
    (SumForm((C0, C1), ((atom(EntryForm(W, (C0, C1))), 1), (atom(x_f), 1))), {F}, 1),
    (SumForm((D0,), ((atom(EntryForm(X, (D0,))), 1), (atom(inner), -1))), {F}, 2),
    (MaxForm(C0, terms(power(w_fc), power(x_c))), {F}, 1),
    (MaxForm(D0, terms(power(inner), power(EntryForm(X, (D0,))))), {F}, 2),
    (ExpForm(power(inner)), {F}, 1),
    (LogForm(terms(power(inner), power(x_g))), {F, G}, 1),
    (InverseForm(F, G, (C0, C1), terms(power(EntryForm(W, (C0, C1))))), {F, G}, 1),
    (InverseForm(1, 1, (C0, C1), terms(power(EntryForm(W, (C0, C1))), power(x_f))), {F}, 1),
    (DepForm("J", (), (((C0,), terms(power(x_c))),)), set(), 1),
    (DepForm("J", ((0, (G,)),), (((C0,), terms(power(w_fc))),)), {F, G}, 1),
    (DepForm("J", (), (((C0,), terms(power(x_c))), ((D0,), terms(power(inner))))), {F}, 2),
]


@pytest.mark.parametrize(("form", "indices", "depth"), FREE)
def test_what_is_free_and_how_deep_it_is(form: Form, indices: set[Idx], depth: int) -> None:
    assert atom(form).free == indices
    assert atom(form).depth == depth


PARTS: list[tuple[Form, set[Form]]] = [
    (x_f, set()),
    (DeltaForm(F, I), set()),
    (SizeForm("n"), set()),
    (ExpForm(((atom(x_f), 1), (atom(x_g), 2))), {x_f, x_g}),
    (MomentForm(power(x_f)), {x_f}),
    (inner, {w_fc}),
    (LogForm(terms(power(x_f), power(x_g))), {x_f, x_g}),
    (FnForm("f", 0, terms(power(x_f))), {x_f}),
    (MaxForm(C0, terms(power(x_c), power(x_f))), {x_c, x_f}),
    (InverseForm(F, G, (C0, C1), terms(power(w_fc))), {w_fc}),
    (DivisorForm(terms(power(x_f), power(x_g))), {x_f, x_g}),
    (DepForm("J", (), (((C0,), terms(power(x_c))), ((C0,), terms(power(w_fc))))), {x_c, w_fc}),
]


@pytest.mark.parametrize(("form", "inside"), PARTS)
def test_the_atoms_directly_inside(form: Form, inside: set[Form]) -> None:
    assert {each.form for each in form_parts(form)} == inside


# Each pair differs in one thing, so that each thing must be in the key.
APART: list[Form] = [
    *(form for form, _, _ in FREE),
    EntryForm(Variable("x", (M,)), (F,)),
    EntryForm(Variable("x", (N,), held=1), (F,)),
    EntryForm(X, (G,)),
    EntryForm(X, (2,)),
    EntryForm(X, (bound("f"),)),
    EntryForm(X, (free("f", M),)),
    DeltaForm(F, G),
    DeltaForm(G, I),
    SizeForm("m"),
    ExpForm(power(x_f, 2)),
    LogForm(terms(power(x_f))),
    LogForm(((power(x_f), fmpq(1, 2)),)),
    FnForm("f", 2, terms(power(x_f))),
    FnForm("g", 1, terms(power(x_f))),
    FnForm("f", 1, terms(power(x_g))),
    SumForm((canonical(1, 0, M),), power(w_fc)),
    SumForm((C0,), power(w_fc, 2)),
    MaxForm(C0, terms(power(w_fc))),
    MaxForm(canonical(1, 0, M), terms(power(w_fc))),
    DivisorForm(terms(power(x_g), CONSTANT)),
    MomentForm(power(x_f, 2)),
    InverseForm(G, F, (C0, C1), terms(power(EntryForm(W, (C0, C1))))),
    InverseForm(F, G, (C0, C1), terms(power(EntryForm(W, (C1, C0))))),
    InverseForm(F, G, (canonical(1, 0, M), C1), terms(power(EntryForm(W, (C0, C1))))),
    DepForm("K", (), (((C0,), terms(power(x_c))),)),
    DepForm("J", ((0, (G,)), (0, (F,))), (((C0,), terms(power(w_fc))),)),
    DepForm("J", ((0, (F,)),), (((C0,), terms(power(w_fc))),)),
    DepForm("J", ((1, (G,)),), (((C0,), terms(power(w_fc))),)),
    DepForm("J", (), (((canonical(1, 0, M),), terms(power(x_c))),)),
    DepForm("J", (), (((C0,), terms(power(w_fc))),)),
]


def test_keys_tell_atoms_apart_and_can_be_compared() -> None:
    atoms = [atom(form) for form in APART]
    assert len({each.key for each in atoms}) == len({id(each) for each in atoms}) == len(APART)
    for one, other in combinations(atoms, 2):
        assert (one.key < other.key) != (other.key < one.key)
    kinds = sorted(range(len(atoms)), key=lambda place: atoms[place].key)
    assert len(kinds) == len(atoms)


def test_keys_do_not_depend_on_the_run() -> None:
    """An atom that was met later in another ring has the same key."""
    other = Ring()
    for form in reversed(APART[:3]):
        other.atom(form)
    assert [other.atom(form).key for form in APART[:3]] == [atom(form).key for form in APART[:3]]
    assert atom(x_f).key is atom(x_f).key


def test_the_order_of_kinds() -> None:
    """Entries before deltas, sizes, exponentials, logarithms, functions, sums and so on: a divisor stands late."""
    in_order: list[Form] = [
        x_f,
        DeltaForm(F, I),
        SizeForm("n"),
        ExpForm(CONSTANT),
        LogForm(terms(power(x_f))),
        FnForm("f", 0, terms(power(x_f))),
        inner,
        MaxForm(C0, terms(power(x_c))),
        DepForm("J", (), (((C0,), terms(power(x_c))),)),
        DivisorForm(terms(power(x_f), CONSTANT)),
        MomentForm(power(x_f)),
        InverseForm(F, G, (C0, C1), terms(power(w_fc))),
    ]
    keys = [atom(form).key for form in in_order]
    assert keys == sorted(keys)


def test_numbers_come_before_indices() -> None:
    assert atom(EntryForm(X, (7,))).key < atom(x_f).key < atom(EntryForm(X, (C0,))).key


def test_polynomials_as_values_have_their_largest_term_first() -> None:
    small, large = power(x_f), power(SizeForm("n"))
    assert content({small: fmpq(1), large: fmpq(2), CONSTANT: fmpq(3)}) == (
        (large, fmpq(2)),
        (small, fmpq(1)),
        (CONSTANT, fmpq(3)),
    )


def test_monomials_are_written_in_one_order() -> None:
    first, second = atom(x_f), atom(x_g)
    assert monomial_of({second: 1, first: 2}) == monomial_of({first: 2, second: 1})
    assert monomial_of({second: 0, first: 2}) == ((first, 2),)


def test_canonical_indices_of_deeper_binders_come_later() -> None:
    names = [canonical(depth, number, N) for depth, number in ((1, 0), (1, 1), (2, 0), (10, 0))]
    assert [each.key for each in names] == sorted(each.key for each in names)
    assert len(set(names)) == 4
