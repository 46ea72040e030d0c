"""Claims, mistakes and links: a malformed claim is refused when it is made, and told how to be mended."""

import inspect
from pathlib import Path

import pytest

from verify.language import (
    Chain,
    Claim,
    ClaimError,
    Interval,
    Link,
    Location,
    Misshapen,
    Mistake,
    Number,
    Refuted,
    Relation,
    Source,
    dims,
    equal,
    has_shape,
    index,
    less,
    matrix,
    scalar,
    total,
    vector,
)
from verify.language.claim import misfit

m, n = dims("m n")
W, x, b = matrix("W", m, n), vector("x", n), vector("b", m)
z, i = scalar("z"), index("i", n)


def here() -> int:
    """The line of the caller."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


@pytest.mark.parametrize(
    ("statement", "given", "words", "why"),
    [
        (equal(W * x, b.T), (), ("W x is m x 1", "b^T is 1 x m"), "sides of two shapes"),
        (equal(W * x, z), (), ("W x is m x 1", "z is a scalar"), "a vector and a scalar"),
        (equal(x * W, b), (), ("in x W", "x (n x 1)", "W (m x n)"), "a side that does not fit in itself"),
        (equal(b, W * b), (), ("in W b", "W (m x n)", "b (m x 1)"), "the other side"),
        (equal(b, b, x), (), ("b is m x 1", "x is n x 1"), "the last link of a chain"),
        (equal(z, z), (equal(W, W.T),), ("W is m x n", "W^T is n x m"), "a hypothesis"),
        (less(x * x, 1), (), ("in x x",), "an inequality"),
        (has_shape(W * b, (m, 1)), (), ("in W b",), "a shape of what has none"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_malformed_claim_names_itself_its_parts_and_its_place(
    statement: Chain, given: tuple[Chain, ...], words: tuple[str, ...], why: str
) -> None:
    with pytest.raises(ClaimError) as refusal:
        Claim("This is claimed.", statement, given)
    line = here() - 1
    said = str(refusal.value)
    assert "'This is claimed.'" in said
    assert f"{Path(__file__).parent.name}/{Path(__file__).name}:{line}:1" in said
    for word in words:
        assert word in said, why


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (equal(W * x, b), "two columns"),
        (equal(x.T * x, z), "a 1 x 1 product and a scalar"),
        (equal(z, 1), "a scalar and a number"),
        (has_shape(W, (n, m)), "a wrong shape is a claim like another"),
        (less(0, z), "an inequality"),
    ],
)
def test_a_claim_whose_sides_fit_is_made(statement: Chain, why: str) -> None:
    assert Claim("Fits.", statement).links() == statement.links(), why


def test_a_claim_knows_where_it_stands_and_that_does_not_make_it_another() -> None:
    claim = Claim("One.", equal(z, z))
    assert claim.at == Location(f"{Path(__file__).parent.name}/{Path(__file__).name}", here() - 1, 1)
    assert claim == Claim("One.", equal(z, z))
    assert claim != Claim("Two.", equal(z, z))


def test_every_link_of_a_claim_has_its_hypotheses() -> None:
    claim = Claim("Chain.", equal(z, z + 0, z * 1), given=(equal(total(x), 1), less(0, z)))
    links = claim.links()
    assert [str(link) for link in links] == ["z = z + 0", r"z + 0 = z \cdot 1"]
    for link in links:
        assert [str(each) for each in link.given] == [r"\sum_{j=1}^{n} x_j = 1", "0 < z"]
        assert all(each.given == () for each in link.given)


def test_a_mistake_is_the_left_side_with_the_wrong_answer_under_the_same_hypotheses() -> None:
    claim = Claim("Chain.", equal(z, z + 0, z * 1), given=(less(0, z),))
    mistake = Mistake("Doubled.", of=claim, answer=2 * z)
    assert mistake.links() == (Link(z, Relation.EQUAL, 2 * z, claim.links()[0].given),)
    assert mistake.expect is Refuted


def test_the_wrong_answer_may_be_a_number_or_a_shape_and_may_be_misshapen() -> None:
    number = Mistake("One.", of=Claim("Zero.", equal(z - z, 0)), answer=1)
    assert number.links()[0].right == Number(1)
    shape = Mistake("Transposed.", of=Claim("Shape.", has_shape(W, (m, n))), answer=(n, m))
    assert shape.links() == (Link(W, Relation.SHAPE, (n, m)),)
    misshapen = Mistake("Turned.", of=Claim("Column.", equal(W * x, b)), answer=b.T, expect=Misshapen)
    assert misfit(misshapen.links()[0]) == "the left side W x is m x 1, the right side b^T is 1 x m"


def test_a_source_reads_as_a_bibliography_writes_it() -> None:
    assert str(Source("A. Author", "On sums", 1931)) == "A. Author (1931). On sums."
    assert str(Source("A. Author", "On sums", 1931, "Journal 1")) == "A. Author (1931). On sums. Journal 1."


@pytest.mark.parametrize(
    ("link", "text"),
    [
        (equal(z + z, 2 * z).links()[0], "z + z = 2 z"),
        (less(0, z).links()[0], "0 < z"),
        (has_shape(W, (m, n)).links()[0], r"W shape \mathbb{R}^{m x n}"),
        (Link(z, Relation.MEMBER, Interval(Number(0), Number(1), False, True)), "z in (0, 1]"),
        (Link(z, Relation.MEMBER, Interval(None, Number(1), True, False)), r"z in [-\infty, 1)"),
    ],
    ids=str,
)
def test_links_print(link: Link, text: str) -> None:
    assert str(link) == text


def test_a_chain_has_a_link_between_neighbors() -> None:
    chain = equal(z, z + 0, z + 1, z + 2)
    assert [(str(link.left), str(link.right)) for link in chain.links()] == [
        ("z", "z + 0"),
        ("z + 0", "z + 1"),
        ("z + 1", "z + 2"),
    ]
    assert str(chain) == "z = z + 0 = z + 1 = z + 2"


@pytest.mark.parametrize("sides", [(), (z,)], ids=["none", "one"])
def test_an_equation_needs_two_sides(sides: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match=f"at least two sides but got {len(sides)}"):
        equal(*sides)
