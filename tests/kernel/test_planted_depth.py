"""Wrong rules for any depth, planted on purpose: each must be caught by the safeguard that is there for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from tests.kernel.depth_tables import (
    A,
    K,
    L,
    before,
    bent,
    carried,
    drifting,
    h,
    l,
    n,
    near_e,
    o,
    p,
    positive,
    rows_alike,
    square,
    t,
    w,
    weighted,
    y,
)
from tests.kernel.depth_tables import i as unit
from verify.check import Contradiction, check, prove_claim
from verify.kernel import decide, endless, factors, generalize, growth, induction, limits, peel, products, upward
from verify.language import (
    Chain,
    Claim,
    Expression,
    Link,
    Product,
    Proved,
    Refuted,
    Sum,
    Undecided,
    between,
    descending,
    equal,
    exp,
    grad,
    jacobian,
    less,
    log,
    member,
    oo,
    product_over,
    scalar,
    sigma,
    sum_over,
    tends_to,
)

Plant = Callable[[pytest.MonkeyPatch], None]

z = scalar("z")


@pytest.fixture(autouse=True)
def _decided_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found before a rule was planted is not recalled after it."""
    monkeypatch.setattr("verify.check.decided", decide.decide)


def one_link(chain: Chain, *given: Chain) -> Link:
    """The one link of a statement."""
    (link,) = chain.links(tuple(each for hypothesis in given for each in hypothesis.links()))
    return link


def test_a_missing_base_case_would_prove_a_false_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """The step of sum l = L (L + 1) / 2 + 1 is right; without small depths it would be all that is asked."""
    link = one_link(equal(sum_over(l, l), L * (L + 1) / 2 + 1))
    assert isinstance(check(link).verdict, Refuted)
    monkeypatch.setattr(induction, "_small_depths", lambda link, depth, decide: Proved("none", (), check_replay()))
    assert isinstance(check(link).verdict, Proved), "the plant must matter for this test to mean anything"
    with pytest.raises(Contradiction, match="is proved, but the sampler sees it fail"):
        prove_claim(Claim("False.", equal(sum_over(l, l), L * (L + 1) / 2 + 1)))


def check_replay() -> Any:
    """A replay that was none."""
    verdict = check(one_link(equal(z, z))).verdict
    assert isinstance(verdict, Proved)
    return verdict.replay


def test_true_at_small_depths_is_not_enough() -> None:
    cubic = L * (L + 1) / 2 + (L - 1) * (L - 2) * (L - 3)
    verdict = check(one_link(equal(sum_over(l, l), cubic))).verdict
    assert isinstance(verdict, Undecided)
    assert verdict.tried == ("small depths", "induction")


def test_an_empty_product_that_is_taken_for_another_loses_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    link = one_link(equal(square(L), descending(l, A(l), L, 1) * y + carried))
    assert isinstance(check(link).verdict, Proved)
    monkeypatch.setattr(peel.Peeling, "_is_empty", lambda self, e: False)
    monkeypatch.setattr(peel.Peeling, "_fewest", lambda self, over: 1)
    assert not isinstance(check(link).verdict, Proved)


def test_a_recursion_that_may_look_upward_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    link = one_link(equal(grad(K, A(l)), grad(K, before(l)) * bent(l - 1).T))
    assert isinstance(check(link).verdict, Proved)
    monkeypatch.setattr(upward, "is_layered", lambda recursion: False)
    verdict = check(link).verdict
    assert isinstance(verdict, Undecided)
    assert "other levels than their own" in verdict.says


def test_unknowns_that_depend_on_the_variable_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the guard, the derivative by the input would be lost in what is known of the layers below."""
    wrong = one_link(equal(jacobian(bent(L), y), 0 * descending(l, A(l), L, 1)))
    monkeypatch.setattr(induction, "_small_depths", lambda link, depth, decide: Proved("none", (), check_replay()))
    monkeypatch.setattr(peel.Peeling, "_derivative", lambda self, e: type(e)(self._of(e.quantity), e.variable))
    verdict = check(wrong).verdict
    assert isinstance(verdict, Undecided)
    assert "a derivative by y" in verdict.says
    monkeypatch.setattr(generalize.Generalization, "_require_independent", lambda self, unknown, variable: None)
    assert isinstance(check(wrong).verdict, Proved), "the plant must matter for this test to mean anything"


def test_bounds_that_differ_from_level_to_level_are_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """If every bounded factor were taken to have one bound, a product that tends to a half would tend to 0."""
    link = one_link(tends_to(product_over(l, t(l)), 0, L=oo), member(t(l), between(0, 1)))
    assert isinstance(check(link).verdict, Refuted)
    monkeypatch.setattr(products, "factors_of", lambda e, given: _strict(factors.factors_of(e, given)))
    assert isinstance(check(link).verdict, Proved), "the plant must matter for this test to mean anything"


def _strict(found: factors.Factors) -> factors.Factors:
    allowed = {
        name: factors.Allowed(each.values, factors.Ceiling(each.ceiling.value, strict=True))
        for name, each in found.allowed.items()
    }
    return factors.Factors(found.parts, allowed, found.families)


def test_a_bound_that_is_too_small_is_seen_in_the_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    link = one_link(tends_to(weighted, 0, L=oo), member(w(l), between(-3, 3, closed="both")))
    assert isinstance(check(link).verdict, Proved)
    right = factors.Factors.ceiling

    def halved(self: factors.Factors) -> factors.Ceiling | None:
        found = right(self)
        return None if found is None else factors.Ceiling(found.value / 64, found.strict)

    monkeypatch.setattr(factors.Factors, "ceiling", halved)
    verdict = check(link).verdict
    assert isinstance(verdict, Undecided)
    assert "does not show" in verdict.says


def test_a_wrong_leading_term_is_seen_far_out(monkeypatch: pytest.MonkeyPatch) -> None:
    link = one_link(tends_to(sigma(z), 1, z=oo))
    assert isinstance(check(link).verdict, Proved)
    right = growth.largest

    def doubled(ring: Any, poly: Any, towards: Any) -> Any:
        growth, coefficient = right(ring, poly, towards)
        return growth, coefficient * (2 if len(poly) > 1 else 1)

    monkeypatch.setattr(limits, "largest", doubled)
    verdict = check(link).verdict
    assert isinstance(verdict, Undecided)
    assert "far out" in verdict.says


def test_the_example_against_products_is_itself_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    link = one_link(tends_to(product_over(l, t(l)), 0, L=oo), member(t(l), between(0, 1)))
    monkeypatch.setattr(endless, "_example_is_right", lambda decide: False)
    assert isinstance(check(link).verdict, Undecided)


def test_what_a_step_does_not_keep_is_not_kept() -> None:
    verdict = check(one_link(equal(drifting(L)[unit, p], drifting(L)[o, p]), rows_alike)).verdict
    assert not isinstance(verdict, Proved)


def test_a_plain_name_beside_a_family_written_alike_is_undecided() -> None:
    link = one_link(equal(product_over(l, w(l)) * scalar("w_1"), scalar("w_1") * product_over(l, w(l))))
    verdict = check(link).verdict
    assert isinstance(verdict, Undecided)
    assert "written alike" in verdict.says


def test_a_base_near_e_is_not_compared_with_a_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even far out is it seen that b^n/(n (e^n + 1)) grows, for b larger than e by less than 10^-12."""
    link = one_link(tends_to(exp(log(near_e) * n) / (n * (exp(n) + 1)), 0, n=oo))
    assert isinstance(check(link).verdict, Undecided)
    monkeypatch.setattr(limits, "require_one_kind", lambda *growths: None)
    assert isinstance(check(link).verdict, Proved), "the plant must matter for this test to mean anything"


def test_a_product_of_any_sign_is_not_brought_into_an_exponent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the signs of its factors not asked for, a product would be e to the sum of the logarithms of their sizes."""
    false = equal(product_over(h, positive[h]), product_over(h, exp(log(positive[h] ** 2) / 2)))
    assert not isinstance(check(one_link(false)).verdict, Proved)
    link = one_link(equal(log(product_over(h, positive[h])), sum_over(h, log(positive[h]))), less(0, positive))
    assert isinstance(check(link).verdict, Proved)
    monkeypatch.setattr(decide, "in_exponents", _without_logarithms)
    assert not isinstance(check(link).verdict, Proved)


def _without_logarithms(link: Link) -> Link:
    """The link with every product as e to the sum of its factors."""
    found = {each: exp(total_of(each)) for each in link.left.atoms(Product)}
    return Link(link.left.xreplace(found), link.relation, link.right, link.given)


def total_of(e: Product) -> Expression:
    """The sum of the factors of a product."""
    return cast(Expression, Sum.rebuilt(*e.args))
