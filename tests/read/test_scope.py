"""What a scope says of all its names: the same, whether it grew name by name or was made at once."""

from collections.abc import Mapping
from itertools import product

import pytest

from verify.language import Defined, Dimension, Index, Name, Number, sigma
from verify.language.layers import Member
from verify.read.scope import (
    FACTS,
    Elementwise,
    FunctionFamily,
    Indexed,
    Layered,
    Meaning,
    Named,
    Quantity,
    Scope,
    Sliced,
)
from verify.read.source import Span
from verify.read.syntax import Numeral, Spelling, Symbol

n, L = Dimension("n"), Dimension("L")
AT = Span(0, 0)
MEANINGS: Mapping[str, Meaning] = {
    "a number": Quantity(Name("a")),
    "a definition": Quantity(Defined("a", Number(2))),
    "a dimension": Quantity(n),
    "another dimension": Quantity(Dimension("m")),
    "a function": Elementwise(sigma),
    "an index": Indexed(Index("o", n)),
    "an index from 0": Indexed(Index("o", n), 0),
    "rows of a matrix": Sliced(Name("u", (n, n)), "u"),
    "a function of a level": FunctionFamily("f", "l", Spelling(Symbol("x", "", (), AT)), Numeral("1", AT)),
    "a family": Layered("W", lambda level: Member("W", level, (n, n))),
    "the last layer": Quantity(Member("W", L, (n, n))),
    "what is defined by it": Quantity(Defined("y", Member("W", L, (n, n)))),
}


def facts(scope: Scope) -> list[object]:
    """All that it says of its names."""
    return [getattr(scope, fact) for fact in FACTS]


@pytest.mark.parametrize(("before", "after"), list(product(MEANINGS, repeat=2)))
def test_facts_are_those_of_all_names(before: str, after: str) -> None:
    """A name that was there already, and another one, get a meaning when the facts were looked at before."""
    names = {**Scope().names, "b": Named("b", MEANINGS[before])}
    scope = Scope(names)
    facts(scope)
    found = {"b": Named("b", MEANINGS[after]), "c": Named("c", MEANINGS[after])}
    assert facts(scope.with_named(found)) == facts(Scope({**names, **found}))


def test_facts_tell_the_meanings_apart() -> None:
    """Each fact is another one for some of the names above, so that the test before has something to see."""
    seen = [facts(Scope({**Scope().names, "b": Named("b", each)})) for each in MEANINGS.values()]
    assert all(len({str(each[place]) for each in seen}) > 1 for place in range(len(FACTS)))


def test_a_name_in_another_font_is_found_if_it_is_the_only_one() -> None:
    bold, upright = (Spelling(Symbol("x", font, (), AT)) for font in (r"\mathbf", ""))
    scope = Scope().with_name(bold, MEANINGS["a number"])
    assert scope.find(upright) == MEANINGS["a number"]
    both = scope.with_name(upright, MEANINGS["a dimension"])
    assert [both.find(each) for each in (bold, upright)] == [MEANINGS["a number"], MEANINGS["a dimension"]]
    assert both.find(Spelling(Symbol("x", r"\mathrm", (), AT))) is None
