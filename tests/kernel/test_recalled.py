"""What was decided before is not decided again, and what may differ in its words is told apart."""

from __future__ import annotations

import pytest

from verify.check import check
from verify.kernel import recalled
from verify.kernel.decide import decide
from verify.kernel.recalled import decided, forget
from verify.language import Expression, Link, Proved, Refuted, dims, equal, exp, index, log, scalar, sum_over, vector

(n,) = dims("n")
i, j, k = (index(letter, n) for letter in "ijk")
x = vector("x", n)
z = scalar("z")


def link_over(*letters: str) -> Link:
    """Sums of logarithms, with a condition in which an index is named."""
    first, second = (index(letter, n) for letter in letters)
    (link,) = equal(sum_over(first, log(x[first])), sum_over(second, log(x[second]))).links()
    return link


def test_the_same_link_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Link] = []
    right = decide

    def counted(link: Link, *, second: bool = False) -> object:
        calls.append(link)
        return right(link, second=second)

    monkeypatch.setattr(recalled, "decide", counted)
    for _ in range(3):
        assert isinstance(check(link_over("i", "j")).verdict, Proved)
    assert len(calls) == 1
    check(link_over("i", "j"), second=True)
    assert len(calls) == 2, "a second proof is another question"
    forget()
    check(link_over("i", "j"))
    assert len(calls) == 3


def test_letters_tell_links_apart() -> None:
    assert link_over("i", "j") == link_over("k", "j"), "they are equal, but do not read alike"
    first, second = decided(link_over("i", "j")), decided(link_over("k", "j"))
    assert first is not second
    assert decided(link_over("i", "j")) is first


def test_parts_that_are_shared_are_told_apart_by_their_places() -> None:
    """Of three equal sums, the first two or the last two are one object: the letters come in another order."""
    one, other = sum_over(i, x[i]), sum_over(j, x[j])
    (left,) = equal(one * one * other, z).links()
    (right,) = equal(one * other * other, z).links()
    assert left == right
    assert list(recalled._letters(left)) != list(recalled._letters(right))
    (first,) = equal(one * other * one, z).links()
    (second,) = equal(one * other * other, z).links()
    assert first == second
    assert list(recalled._letters(first)) != list(recalled._letters(second))


def test_a_part_in_many_places_is_read_once() -> None:
    """It stands there 2^40 times."""
    letters = list(recalled._hints(doubled(40)))
    assert letters.count("i") == 1
    assert len(letters) < 200


def doubled(times: int) -> Expression:
    """Made of two of the same, each of which is."""
    side: Expression = sum_over(i, x[i])
    for _ in range(times):
        side = exp(side)
        side = side + side
    return side


def test_hypotheses_tell_links_apart() -> None:
    (link,) = equal(z, 1).links()
    (given,) = equal(z, 1).links(equal(z, 1).links())
    assert isinstance(decided(link), Refuted)
    assert isinstance(decided(given), Proved)


def test_what_is_kept_is_bounded() -> None:
    for number in range(recalled.KEPT + 10):
        decided(Link(z, equal(z, z).relations[0], number * z))
        if number % 500 == 0:
            assert recalled._decided.cache_info().currsize <= recalled.KEPT
    assert recalled._decided.cache_info().currsize == recalled.KEPT
