"""What inequalities with 0 say of whole names: of which entries, and what they say of each."""

from __future__ import annotations

import pytest

from verify.kernel.lower import subscript
from verify.kernel.signs import entrywise, signed
from verify.kernel.term import Subscript
from verify.language import (
    Chain,
    Expression,
    Index,
    Link,
    Name,
    Number,
    at_least,
    at_most,
    between,
    dims,
    equal,
    exp,
    greater,
    index,
    less,
    matrix,
    member,
    scalar,
    vector,
)

m, n = dims("m n")
A, x, a = matrix("A", m, n), vector("x", n), scalar("a")
i, j, k = index("i", m), index("j", n), index("k", n)
row, three = Name("r", (Number(1), n)), Name("T", (m, n, n))
SQUARE = matrix("S", n, n)


def link(chain: Chain) -> Link:
    (only,) = chain.links()
    return only


SIGNED = [
    pytest.param(less(0, a), "a", True, id="a number"),
    pytest.param(greater(a, 0), "a", True, id="turned round"),
    pytest.param(at_least(a, 0), "a", False, id="not less than 0"),
    pytest.param(at_most(0, a), "a", False, id="turned round, too"),
    pytest.param(less(0, x), "x", True, id="a vector"),
    pytest.param(less(0, x[j]), "x", True, id="its entries"),
    pytest.param(at_least(A[i, j], 0), "A", False, id="the entries of a matrix"),
    pytest.param(less(0, SQUARE[j, k]), "S", True, id="of a square one"),
    pytest.param(less(a, 0), None, True, id="a negative number"),
    pytest.param(greater(0, a), None, True, id="turned round"),
    pytest.param(at_most(a, 0), None, False, id="at most 0"),
    pytest.param(less(1, a), None, True, id="more than 1"),
    pytest.param(at_least(a, 1), None, False, id="at least 1"),
    pytest.param(less(0, -a), None, True, id="less a number"),
    pytest.param(less(0, exp(a)), None, True, id="a function of it"),
    pytest.param(less(0, x + x), None, True, id="a sum"),
    pytest.param(less(0, x[2]), None, True, id="one entry"),
    pytest.param(less(0, A[i, 1]), None, True, id="one column"),
    pytest.param(less(0, SQUARE[j, j]), None, True, id="a diagonal"),
    pytest.param(less(0, (A + A)[i, j]), None, True, id="the entries of a sum"),
    pytest.param(equal(0, a), None, False, id="an equation"),
    pytest.param(equal(a, 0), None, False, id="an equation, turned round"),
]


@pytest.mark.parametrize(("chain", "symbol", "strict"), SIGNED)
def test_what_an_inequality_is_about(chain: Chain, symbol: str | None, strict: bool) -> None:
    variable, said = signed(link(chain), ())
    assert (None if variable is None else variable.symbol) == symbol
    assert said == strict


@pytest.mark.parametrize("related", [(j,), (k,), (j, k), (i, j)])
def test_nothing_is_said_of_all_entries_where_the_indices_are_related(related: tuple[Index, ...]) -> None:
    """As in 0 < S_jk where j and k differ."""
    at: tuple[Subscript, ...] = tuple(map(subscript, related))
    assert signed(link(less(0, SQUARE[j, k])), at)[0] is None
    assert signed(link(less(0, x)), at)[0] is not None, "a name has no indices"


def test_indices_that_are_related_elsewhere_do_not_matter() -> None:
    assert signed(link(less(0, A[i, k])), (subscript(j),))[0] is not None


def test_the_variable_has_the_axes_of_the_name() -> None:
    variable, _ = signed(link(less(0, A[i, j])), ())
    assert variable is not None
    assert [str(axis.monomials) for axis in variable.axes] == ["((('m',), 1),)", "((('n',), 1),)"]


ENTRIES = [
    pytest.param(x, [("axis 1", n)], id="a vector"),
    pytest.param(A, [("row", m), ("column", n)], id="a matrix"),
    pytest.param(row, [("axis 1", n)], id="a row"),
    pytest.param(three, [("axis 1", m), ("axis 2", n), ("axis 3", n)], id="three axes"),
]


@pytest.mark.parametrize(("name", "indices"), ENTRIES)
def test_the_same_of_every_entry(name: Name, indices: list[tuple[str, Expression]]) -> None:
    entry = name[tuple(Index(symbol, over) for symbol, over in indices)]
    assert entrywise(link(less(0, name))) == link(less(0, entry))
    assert entrywise(link(at_least(name, 0))) == link(at_least(entry, 0))


UNCHANGED = [
    pytest.param(less(0, a), id="a number"),
    pytest.param(less(0, x[j]), id="an entry"),
    pytest.param(less(0, x + x), id="a sum"),
    pytest.param(less(1, x), id="another number"),
    pytest.param(less(x, x), id="two names"),
    pytest.param(member(a, between(0, 1)), id="a set"),
]


@pytest.mark.parametrize("chain", UNCHANGED)
def test_what_stays(chain: Chain) -> None:
    stated = link(chain)
    assert entrywise(stated) == stated
