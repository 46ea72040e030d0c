"""Links whose axes are made in two ways: at which sizes they are laid out, how they are counted, and what is said."""

from __future__ import annotations

import pytest

from verify.kernel import flat
from verify.kernel.decide import decide
from verify.kernel.flat import decide_flat, decided_instead
from verify.kernel.term import Ambiguous, OutOfBudget, Undefined, Unsupported
from verify.language import (
    Chain,
    Expression,
    Link,
    Name,
    Number,
    Proved,
    Refuted,
    Undecided,
    Verdict,
    between,
    dims,
    equal,
    identity,
    kronecker,
    less,
    matrix,
    member,
    norm,
    scalar,
    tr,
    vector,
)
from verify.language.kronecker import Paired

m, n, p, q = dims("m n p q")
A, B = matrix("A", m, n), matrix("B", p, q)
P, Q = matrix("P", m, p), matrix("Q", p, m)
M, N = matrix("M", n, n), matrix("N", n, n)
w, v, c = vector("w", n * q), vector("v", 2 * n), scalar("c")
SIZED = matrix("T", 2, 2)
turned = kronecker(A, B), kronecker(B, A)


def link(chain: Chain, *given: Chain) -> Link:
    (only,) = chain.links(tuple(each for one in given for each in one.links()))
    return only


class Asked:
    """Decides with the kernel, or says what it is told to, and keeps what it was asked."""

    def __init__(self, says: Verdict | None = None) -> None:
        self.says, self.links = says, list[Link]()

    def __call__(self, asked: Link) -> Verdict:
        self.links.append(asked)
        return decide(asked) if self.says is None else self.says


UNKNOWN = Undecided("no-proof", "nothing is known")


def sizes_of(asked: Asked) -> list[tuple[Expression, ...]]:
    """The shapes that the matrix A has in what was asked."""
    names = [next((each for each in one.left.atoms(Name) if each.symbol == "A"), None) for one in asked.links]
    return [name.declared for name in names if name is not None]


def test_it_is_laid_out_at_all_two_and_at_two_and_three_in_turn() -> None:
    """In the order of their letters: m, n, p, q."""
    asked = Asked(UNKNOWN)
    assert decide_flat(link(equal(sum_of(*turned), sum_of(*turned[::-1]))), asked) is None
    assert sizes_of(asked) == [(Number(2), Number(2)), (Number(2), Number(3)), (Number(3), Number(2))]


def sum_of(*terms: Expression) -> Expression:
    first, *others = terms
    for each in others:
        first = first + each
    return first


def test_sizes() -> None:
    assert list(flat._sizes(())) == [{}]
    assert list(flat._sizes(("m", "n", "p"))) == [
        {"m": 2, "n": 2, "p": 2},
        {"m": 2, "n": 3, "p": 2},
        {"m": 3, "n": 2, "p": 3},
    ]
    assert len(list(flat._sizes(tuple("abcdefgh")))) == 3
    assert list(flat._sizes(tuple("abcdefghi"))) == []


def test_a_link_that_fails_at_some_sizes_fails_and_these_are_said() -> None:
    """The products of A and B in both orders are the same where they are numbers alone, and differ at 2 x 2."""
    stated = link(equal(*turned))
    verdict = decide_flat(stated, Asked())
    assert isinstance(verdict, Refuted)
    assert verdict.witness.sizes == (("m", 2), ("n", 2), ("p", 2), ("q", 2))
    instead = decided_instead(stated, verdict)
    assert instead.left.atoms(Name) == {matrix("A", 2, 2), matrix("B", 2, 2)}
    assert isinstance(decide(instead), Refuted)


def test_where_it_fails_at_later_sizes_only() -> None:
    """What is true at 2 x 2 and false where an n is 3: tr 1 = n."""
    stated = link(equal(tr(identity(n)) * turned[0], 2 * kronecker(A, B) + 0 * turned[1]))
    verdict = decide_flat(stated, Asked())
    assert isinstance(verdict, Refuted)
    assert dict(verdict.witness.sizes) == {"m": 2, "n": 3, "p": 2, "q": 3}


def test_sizes_at_which_it_is_not_written_out_are_left_out() -> None:
    """Where n is 2 an axis of n - 1 has one entry; and n + q + 1 is n + 4 where q is 3."""
    short = matrix("A", m, n - 1)
    verdict = decide_flat(link(equal(kronecker(short, B), kronecker(B, short))), Asked())
    assert isinstance(verdict, Refuted)
    assert dict(verdict.witness.sizes) == {"m": 2, "n": 3, "p": 2, "q": 3}
    s, t, asked = vector("s", n + q + 1), vector("t", n + 4), Asked(UNKNOWN)
    assert decide_flat(link(equal(s + t, s + t)), asked) is None
    assert [each.left.atoms(Name) for each in asked.links] == [{vector("s", 6), vector("t", 6)}]


def test_what_holds_at_some_sizes_is_not_decided() -> None:
    asked = Asked()
    assert decide_flat(link(equal(sum_of(*turned), sum_of(*turned[::-1]))), asked) is None
    assert len(asked.links) == 3
    assert all(isinstance(decide(each), Proved) for each in asked.links)


def test_a_link_without_dimensions_is_what_it_is_written_out() -> None:
    """((1, 2), (3, 4)) beside a 2 x 2 matrix T of unknowns; both orders have the same trace."""
    other = matrix("U", 2, 2)
    true = link(equal(tr(kronecker(SIZED, other)), tr(kronecker(other, SIZED))))
    false = link(equal(kronecker(SIZED, other), kronecker(other, SIZED)))
    for stated, kind in ((true, Proved), (false, Refuted)):
        asked = Asked()
        verdict = decide_flat(stated, asked)
        assert isinstance(verdict, kind)
        assert len(asked.links) == 1
        assert decided_instead(stated, verdict) == asked.links[0]
    assert decide_flat(true, Asked(UNKNOWN)) == UNKNOWN


NOT_FLAT = [
    pytest.param(less(norm(turned[0]), c), id="an inequality"),
    pytest.param(member(norm(turned[0]), between(0, 1)), id="a set"),
]


@pytest.mark.parametrize("chain", NOT_FLAT)
def test_what_is_no_equation_is_not_laid_out(chain: Chain) -> None:
    asked = Asked()
    assert decide_flat(link(chain), asked) is None
    assert asked.links == []


def test_what_is_too_large_is_not_asked() -> None:
    """The product of five 2 x 2 matrices has 1024 entries."""
    many = [matrix(letter, n, n) for letter in "ABCDE"]
    asked = Asked()
    assert decide_flat(link(equal(kronecker(*many), kronecker(*many[::-1]) + kronecker(*many) * 0)), asked) is None
    assert asked.links == []


# Sizes that are written as products.


def recounted(stated: Link) -> Link:
    found = flat._recounted(stated)
    assert found is not None
    return found


def test_a_size_that_is_a_product_is_that_of_an_axis_made_of_its_factors() -> None:
    stated = link(equal(kronecker(A, B) * w, kronecker(A, B) * w))
    found = recounted(stated)
    assert found.left.atoms(Name) == {A, B, Name("w", (Paired(n, q), Number(1)))}
    assert found.left == found.right
    asked = Asked()
    verdict = decide_flat(stated, asked)
    assert isinstance(verdict, Proved)
    assert asked.links == [found]
    assert decided_instead(stated, verdict) == found


def test_a_name_on_the_right_alone() -> None:
    assert recounted(link(equal(c, norm(w)))) == link(equal(c, norm(Name("w", (Paired(n, q), Number(1))))))


def test_in_either_order() -> None:
    found = recounted(link(equal(kronecker(B, A) * w, kronecker(B, A) * w)))
    assert Name("w", (Paired(q, n), Number(1))) in found.left.atoms(Name)


def test_the_order_is_the_same_on_both_sides() -> None:
    assert flat._recounted(link(equal(kronecker(A, B) * w, kronecker(B, A) * w))) is None


def test_nothing_is_counted_otherwise_where_a_hypothesis_speaks_of_it() -> None:
    stated = link(equal(kronecker(A, B) * w, kronecker(A, B) * w), less(0, w))
    assert flat._recounted(stated) is None


def test_a_hypothesis_about_another_name_is_kept() -> None:
    stated = link(equal(kronecker(A, B) * w, kronecker(A, B) * w), less(0, c))
    assert recounted(stated).given == stated.given


def test_where_no_size_is_a_product_nothing_is_counted_otherwise() -> None:
    assert flat._recounted(link(equal(*turned))) is None
    assert flat._recounted(link(member(norm(w), between(0, 1)))) is None


SIZES: list[tuple[Expression, bool, str]] = [
    (n * q, True, "two dimensions"),
    (2 * n, True, "a number and a dimension"),
    (n, False, "one"),
    (n + q, False, "a sum"),
    (n * (q + 1), False, "a product with a sum in it"),
]


@pytest.mark.parametrize(("size", "expected", "why"), SIZES)
def test_what_is_a_product(size: Expression, expected: bool, why: str) -> None:
    assert flat._is_product(size) == expected, why
    name = Name("z", (size, n))
    shapes = list(flat._shapes(name))
    if expected:
        first, second = size.args
        assert shapes == [(Paired(first, second), n), (Paired(second, first), n)], why
    else:
        assert shapes == [(size, n)], why


def test_ways_to_count_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the 36 ways to order the factors of two sizes of three."""
    tried: list[Expression] = []

    def refused(left: Expression, right: Expression, given: tuple[Link, ...]) -> None:
        tried.append(left)
        raise Unsupported("nothing fits")

    monkeypatch.setattr(flat, "statement", refused)
    one, other = (vector(letter, n * p * q) for letter in "st")
    assert flat._recounted(link(equal(one.T * other, other.T * one))) is None
    assert len(tried) == len(set(tried)) == 24


@pytest.mark.parametrize("error", [OutOfBudget(), Undefined("nowhere"), Ambiguous("two readings")])
def test_what_fits_is_taken_whatever_else_is_said_of_it(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def raised(left: Expression, right: Expression, given: tuple[Link, ...]) -> None:
        raise error

    monkeypatch.setattr(flat, "statement", raised)
    found = recounted(link(equal(norm(w), c)))
    assert found.left.atoms(Name) == {Name("w", (Paired(n, q), Number(1)))}
    assert found.right == c
