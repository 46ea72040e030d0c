"""What is found in a term: nothing is left out, and what is bound is not free."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.kernel.terms import M, N, bound, entry, free, num, plus, total
from verify.kernel.contents import KINDS, PARTS, free_of_slot, height_of, holds, names_of, numbers_of, parts, subterms
from verify.kernel.contents import free as free_in
from verify.kernel.term import Delta, Dep, Entry, Exp, Idx, Inverse, Log, Max, Mul, Slot, Term
from verify.kernel.walk import rename

F, G = free("f"), free("g")
I, J = bound("i"), bound("j")
OF_MATRIX = Slot((I, J), entry("A", I, J))

FREE = [
    pytest.param(entry("W", F, 2, G), (F, G), id="an entry"),
    pytest.param(Mul((entry("x", G), entry("y", F))), (G, F), id="in order of their first use"),
    pytest.param(Mul((entry("x", G), entry("y", G))), (G,), id="once each"),
    pytest.param(total(I, Mul((entry("x", I), entry("y", F)))), (F,), id="a sum binds its index"),
    pytest.param(Max(I, entry("W", I, F)), (F,), id="so does a maximum"),
    pytest.param(Delta(F, 2), (F,), id="a delta"),
    pytest.param(Inverse(G, F, OF_MATRIX), (G, F), id="an inverse has its row and its column"),
    pytest.param(Inverse(I, F, OF_MATRIX), (I, F), id="also one that is called as in what is inverted"),
    pytest.param(Dep("J", ((0, (F,)),), (Slot((I,), entry("W", I, G)),)), (F, G), id="what is derived by, and slots"),
]


@pytest.mark.parametrize(("term", "indices"), FREE)
def test_free_indices(term: Term, indices: tuple[Idx, ...]) -> None:
    assert free_in(term) == indices


def test_a_slot_binds_its_indices() -> None:
    assert free_of_slot(OF_MATRIX) == ()
    assert free_of_slot(Slot((I,), entry("A", I, J))) == (J,)


def test_every_kind_of_term_has_parts() -> None:
    """The table stands in the place of a match, of which the type checker would say what it lacks."""
    assert set(PARTS) == set(get_args(Term))
    assert len(set(KINDS.values())) == len(PARTS)


def test_parts_come_before_what_they_are_in_and_shared_ones_once() -> None:
    shared = Exp(entry("x", F))
    whole = plus(shared, Mul((shared, Log(shared))))
    found = list(subterms(whole))
    assert found[-1] is whole
    assert len(found) == len({id(each) for each in found}) == 5
    places = {id(each): place for place, each in enumerate(found)}
    assert all(places[id(part)] < places[id(each)] for each in found for part in parts(each))


def test_kinds_dimensions_numbers_and_height() -> None:
    term = total(I, Exp(Mul((entry("W", I, 3), Entry(entry("x", 1).variable, (2,))))))
    assert holds(term, Exp)
    assert not holds(term, Log)
    assert names_of(term) == {"n"}
    assert numbers_of(term) == {(N, 3), (N, 2)}
    assert height_of(term) == 4
    assert height_of(num(1)) == 1
    assert names_of(Max(bound("p", M), num(1))) == {"m"}


def test_numbers_of_what_is_derived_by() -> None:
    slot = Slot((I,), entry("x", I))
    assert numbers_of(Dep("J", ((0, (2,)),), (slot,))) == {(N, 2)}
    assert numbers_of(Dep("J", (), (slot,))) == set()


def test_what_has_none_of_the_indices_is_kept_when_others_are_named() -> None:
    kept, changed = Exp(entry("x", G)), entry("x", F)
    renamed = rename(plus(kept, changed), {F: I})
    assert kept in parts(renamed)
    assert free_in(renamed) == (G, I)
    assert rename(kept, {F: I}) is kept
    assert rename(kept, {G: G}) is kept
