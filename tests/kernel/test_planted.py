"""Wrong rules, planted on purpose: each must be caught, and by the safeguard that is there for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flint import fmpq

from verify.check import Contradiction, prove_claim
from verify.kernel import atoms, binding, blocks, decide, differentiate, division, inverses, maxima, operations
from verify.kernel.atoms import (
    Atom,
    Content,
    DeltaForm,
    EntryForm,
    Exponent,
    FnForm,
    Monomial,
    Poly,
    SumForm,
)
from verify.kernel.differentiate import Fresh
from verify.kernel.patterns import patterns
from verify.kernel.ring import Ring
from verify.kernel.statement import statement
from verify.kernel.term import (
    Dep,
    Entry,
    Exp,
    Fn,
    Idx,
    Inverse,
    Log,
    Mul,
    Pow,
    Subscript,
    Sum,
    Term,
    Variable,
    mul,
    number,
)
from verify.language import (
    Claim,
    Expression,
    Number,
    Refuted,
    define,
    delta,
    diff,
    dims,
    equal,
    exp,
    function,
    grad,
    index,
    less,
    log,
    loss,
    matrix,
    max_over,
    norm,
    scalar,
    sigma,
    softmax,
    sum_over,
    vector,
)

Powers = dict[Atom, Exponent]
Derive = Callable[[Term], Term]

(n,) = dims("n")
x, z, a, c = vector("x", n), scalar("z"), scalar("a"), scalar("c")
y = vector("y", n)
J = loss("J", y)
A, B = matrix("A", n, n), matrix("B", n, n)
i, j, k = index("i", n), index("j", n), index("k", n)


def normal_forms_agree(left: Expression, right: Expression) -> bool:
    """Whether the normal form alone takes the sides for equal, without a replay."""
    stated = statement(left, right, ())
    found = patterns(stated.indices, stated.terms)
    return all(decide.normal_forms(stated, pattern, Ring()).equal for pattern in found)


def verdict(left: Expression, right: Expression) -> object:
    """The kernel's verdict on left = right."""
    (link,) = equal(left, right).links()
    return decide.decide(link)


# Each plants a bug; under it the normal form accepts the false equation, and the replay must not.


def _forget_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division.factored

    def wrong(ring: Ring, poly: Poly) -> object:
        common, _, factors = right(ring, poly)
        return common, fmpq(1), factors

    monkeypatch.setattr(division, "factored", wrong)


def _sum_of_one_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "size", lambda ring, extent: ring.constant(1))


def _delta_not_contracted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = binding.rename
    monkeypatch.setattr(
        binding, "_sum_of_monomial", lambda ring, index, monomial: right(ring, {monomial: fmpq(1)}, {index: 1})
    )


def _one_name_for_two_indices(monkeypatch: pytest.MonkeyPatch) -> None:
    """All bound indices get one name: an inner index is captured."""
    right = atoms.canonical
    monkeypatch.setattr(blocks, "canonical", lambda depth, place, extent: right(depth, 0, extent))


def _exp_of_sum_is_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        operations,
        "_exponential",
        lambda ring, poly: ring.sum(
            operations._exponential_of_term(ring, monomial, coefficient) for monomial, coefficient in poly.items()
        ),
    )


def _exponent_of_a_logarithm_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    right = operations.power
    monkeypatch.setattr(operations, "power", lambda ring, poly, exponent: right(ring, poly, min(exponent, 1)))


def _log_of_sum_is_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    right = operations._logarithm
    monkeypatch.setattr(
        operations,
        "_logarithm",
        lambda ring, poly: ring.sum(right(ring, {monomial: c}) for monomial, c in poly.items()),
    )


def _log_of_numbers_is_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_logarithm_of_number", lambda ring, value: {})


def _common_factor_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division.factored
    monkeypatch.setattr(division, "factored", lambda ring, poly: ((), *right(ring, poly)[1:]))


def _remainder_of_division_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division._divided

    def wrong(monomial: Monomial, polynomial: Content) -> tuple[Monomial, Monomial, fmpq] | None:
        split = right(monomial, polynomial)
        return None if split is None else (split[0], split[1], fmpq(2))

    monkeypatch.setattr(division, "_divided", wrong)


def _partial_fraction_negated(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division._partial_fraction

    def wrong(monomial: Monomial, polynomial: Content) -> tuple[Monomial, Monomial, fmpq] | None:
        split = right(monomial, polynomial)
        return None if split is None else (split[0], split[1], -split[2])

    monkeypatch.setattr(division, "_partial_fraction", wrong)


def _inverse_joined_whatever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    right = inverses._divided

    def wrong(monomial: Monomial, wanted: Poly, inverse: Atom, gone: tuple[Idx, ...]) -> Monomial | None:
        found = right(monomial, wanted, inverse, ())
        return None if found is None else tuple(p for p in found if p[0].free.isdisjoint(gone))

    monkeypatch.setattr(inverses, "_divided", wrong)


def _factor_of_an_inverse_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    right = inverses._without_factor
    monkeypatch.setattr(
        inverses, "_without_factor", lambda ring, over, body: (ring.constant(1), right(ring, over, body)[1])
    )


def _delta_is_never_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        operations,
        "_by_cases",
        lambda ring, poly, operation: operation(
            {m: k for m, k in poly.items() if all(not isinstance(atom.form, DeltaForm) for atom, _ in m)}
        ),
    )


def _content_of_a_maximum_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    right = maxima.common_factor
    monkeypatch.setattr(maxima, "common_factor", lambda ring, index, poly: ({(): fmpq(1)}, right(ring, index, poly)[1]))


def _any_factor_leaves_a_maximum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maxima, "_not_negative", lambda ring, atom, exponent: exponent)


def _every_function_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    right = maxima._growing
    monkeypatch.setattr(
        maxima, "_growing", lambda ring, atom, exponent: None if right(ring, atom, exponent) is None else True
    )


def _even_powers_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    right = maxima._growing
    monkeypatch.setattr(
        maxima, "_growing", lambda ring, atom, exponent: True if exponent == 2 else right(ring, atom, exponent)
    )


def _sign_lost_in_an_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    right = maxima.exchanged

    def wrong(ring: Ring, index: Idx, poly: Poly, largest: Callable[[Poly], Poly]) -> Poly | None:
        value = right(ring, index, {m: abs(k) for m, k in poly.items()}, largest)
        return None if value is None else {m: k * min(poly.values()) for m, k in value.items()}

    monkeypatch.setattr(maxima, "exchanged", wrong)


def _fractions_taken_apart_by_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(ring: Ring, first: Content, second: Content) -> tuple[Poly, Poly]:
        return ring.constant(1), ring.constant(1)

    monkeypatch.setattr(division, "combination", wrong)


def _root_of_another_number(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division.under_root

    def wrong(atom: Atom) -> Content | None:
        found = right(atom)
        return None if found is None else tuple((monomial, 4 * k) for monomial, k in found)

    monkeypatch.setattr(division, "under_root", wrong)


def _hypothesis_on_any_axis(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(ring: Ring, index: Idx, part: Monomial) -> fmpq | None:
        forms = [atom.form for atom, _ in part]
        known = [
            value
            for variable, _, value in ring.facts.sums
            if any(isinstance(form, EntryForm) and form.variable == variable for form in forms)
        ]
        return known[0] if known else None

    monkeypatch.setattr(blocks, "_given", wrong)


def _any_inner_sum_cancels(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(ring: Ring, index: Idx, part: Monomial, powers: Powers, rename: object) -> Atom | None:
        below = [a for a, e in powers.items() if e < 0 and isinstance(a.form, SumForm) and index not in a.free]
        return below[0] if part and below else None

    monkeypatch.setattr(blocks, "_cancelling", wrong)


def _partial_derivatives_all_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    right = binding.dependence
    wrong = lambda ring, symbol, by, slots: right(ring, symbol, tuple((slot, ()) for slot, _ in by), slots)  # noqa: E731
    monkeypatch.setattr("verify.kernel.normal.dependence", wrong)
    monkeypatch.setattr(binding, "dependence", wrong)


PLANTED_IN_THE_NORMAL_FORM = [
    pytest.param(
        _forget_constant, 1 / (2 * a + 2 * c + 4), 1 / (a + c + 2), id="a constant lost when a denominator is factored"
    ),
    pytest.param(_sum_of_one_is_one, sum_over(i, z), z, id="the sum of a constant over an index"),
    pytest.param(_delta_not_contracted, sum_over(i, x[i]), x[1], id="an index replaced where no delta allows it"),
    pytest.param(
        _one_name_for_two_indices,
        sum_over(i, sum_over(j, A[i, j] * B[j, i])),
        sum_over(i, sum_over(j, A[i, j] * B[i, j])),
        id="two bound indices under one name",
    ),
    pytest.param(_exp_of_sum_is_sum, exp(a + c), exp(a) + exp(c), id="exp taken to be additive"),
    pytest.param(_exponent_of_a_logarithm_lost, exp(2 * log(1 + exp(a))), 1 + exp(a), id="e to twice a logarithm"),
    pytest.param(_log_of_sum_is_sum, log(exp(a) + exp(c)), a + c, id="log taken to be additive"),
    pytest.param(_log_of_numbers_is_zero, log(2 * exp(a)), a, id="the logarithm of a constant lost"),
    pytest.param(_common_factor_lost, 1 / (a * z + c * z), 1 / (a + c), id="a common factor of a denominator lost"),
    pytest.param(
        _remainder_of_division_halved,
        sum_over(i, 2 * x[i] / (x[i] + c)),
        n - c * sum_over(i, 1 / (x[i] + c)),
        id="a division with remainder at half its value",
    ),
    pytest.param(
        _partial_fraction_negated,
        sum_over(i, 1 / (x[i] * (x[i] + 1))),
        -sum_over(i, 1 / x[i]) + sum_over(i, 1 / (x[i] + 1)),
        id="partial fractions with the wrong sign",
    ),
    pytest.param(
        _inverse_joined_whatever_is_left,
        sum_over(j, A[i, j] * (A**-1)[j, k] * x[j]),
        sum_over(j, A[i, j] * (A**-1)[j, k]),
        id="an inverse contracted at an index that is used elsewhere",
    ),
    pytest.param(_factor_of_an_inverse_lost, (2 * A) ** -1, A**-1, id="a factor lost in an inverse"),
    pytest.param(_delta_is_never_one, sum_over(i, exp(delta(i, j) * z)), n, id="a case of a delta left out"),
    pytest.param(_content_of_a_maximum_lost, max_over(i, 2 * x[i]), max_over(i, x[i]), id="a factor of a maximum lost"),
    pytest.param(
        _any_factor_leaves_a_maximum,
        max_over(i, c * x[i]),
        c * max_over(i, x[i]),
        id="a factor of unknown sign taken out of a maximum",
    ),
    pytest.param(
        _every_function_grows,
        max_over(i, 1 / (1 + exp(x[i]))),
        1 / (1 + exp(max_over(i, x[i]))),
        id="a falling function taken to grow",
    ),
    pytest.param(
        _even_powers_grow, max_over(i, x[i] ** 2), max_over(i, x[i]) ** 2, id="a square taken to grow everywhere"
    ),
    pytest.param(
        _sign_lost_in_an_exchange,
        max_over(i, -exp(x[i])),
        -exp(max_over(i, x[i])),
        id="a minus sign lost before a growing function",
    ),
    pytest.param(
        _fractions_taken_apart_by_a_sum,
        sum_over(i, 1 / ((x[i] + 1) * (x[i] + 2))),
        sum_over(i, 1 / (x[i] + 1) + 1 / (x[i] + 2)),
        id="two denominators taken apart with the wrong sign",
    ),
    pytest.param(
        _root_of_another_number, 1 / norm(x), norm(x) / (4 * norm(x) ** 2), id="a root squared to another number"
    ),
    pytest.param(
        _any_inner_sum_cancels,
        sum_over(i, sum_over(j, A[i, j] ** 2 / sum_over(k, A[i, k]))),
        n,
        id="a sum cancelled against another one",
    ),
    pytest.param(
        _partial_derivatives_all_alike,
        diff(J, y[i]),
        diff(J, y[k]),
        id="partial derivatives by different entries taken for one",
    ),
]


@pytest.mark.parametrize(("plant", "left", "right"), PLANTED_IN_THE_NORMAL_FORM)
def test_a_wrong_rule_of_the_normal_form_is_caught_by_the_replay(
    plant: Callable[[pytest.MonkeyPatch], None],
    left: Expression,
    right: Expression,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not normal_forms_agree(left, right), "the equation must be false for this test to mean anything"
    plant(monkeypatch)
    assert normal_forms_agree(left, right), "the planted rule must make the normal form accept it"
    assert isinstance(verdict(left, right), Refuted)


def _wrong_derivative(wrong: Callable[[Term], Term | None]) -> Callable[[pytest.MonkeyPatch], None]:
    right = differentiate._rule

    def rule(
        term: Term,
        variable: Variable,
        at: tuple[Subscript, ...],
        d: Callable[[Term], Term],
        fresh: Callable[[object], Subscript | Idx],
    ) -> Term:
        factor = wrong(term)
        derivative = right(term, variable, at, d, fresh)
        return derivative if factor is None else mul(factor, derivative)

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(differentiate, "_rule", rule)

    return plant


def _scaled(form: type[Term], factor: int) -> Callable[[pytest.MonkeyPatch], None]:
    return _wrong_derivative(lambda term: number(factor) if isinstance(term, form) else None)


def _first_slot_only(monkeypatch: pytest.MonkeyPatch) -> None:
    right = differentiate._rule

    def rule(term: Term, variable: Variable, at: tuple[Subscript, ...], d: Derive, fresh: Fresh) -> Term:
        return (
            differentiate._through(term, 0, d, fresh) if isinstance(term, Dep) else right(term, variable, at, d, fresh)
        )

    monkeypatch.setattr(differentiate, "_rule", rule)


def _product_rule_for_one_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    right = differentiate._rule

    def rule(term: Term, variable: Variable, at: tuple[Subscript, ...], d: Derive, fresh: Fresh) -> Term:
        if isinstance(term, Mul):
            return mul(d(term.factors[0]), *term.factors[1:])
        return right(term, variable, at, d, fresh)

    monkeypatch.setattr(differentiate, "_rule", rule)


def _only_the_generic_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "patterns", lambda indices, terms: patterns(indices, terms)[:1])


u, v = vector("u", n), vector("v", n)
two = loss("J", define("y", A * x), x)
f = function("f")

PLANTED_DERIVATIVES = [
    pytest.param(_scaled(Exp, 2), Claim("false", equal(diff(exp(z), z), 2 * exp(z))), id="exp: doubled"),
    pytest.param(_scaled(Log, -1), Claim("false", equal(diff(log(exp(z) + 1), z), -sigma(z))), id="log: negated"),
    pytest.param(
        _scaled(Pow, -1), Claim("false", equal(diff(1 / z, z), 1 / z**2), given=(less(0, z),)), id="powers: negated"
    ),
    pytest.param(_scaled(Fn, 3), Claim("false", equal(diff(f(z), z), 3 * f.derivative(z))), id="functions: tripled"),
    pytest.param(_scaled(Sum, 2), Claim("false", equal(grad(u.T * x, x), 2 * u)), id="sums: doubled"),
    pytest.param(
        _scaled(Inverse, -1),
        Claim("false", equal(grad(x.T * A**-1 * x, A), (A.T) ** -1 * x * x.T * (A.T) ** -1)),
        id="inverses: negated",
    ),
    pytest.param(_scaled(Entry, 2), Claim("false", equal(diff(x[i], x[i]), 2)), id="entries: doubled"),
    pytest.param(
        _first_slot_only,
        Claim("false", equal(grad(two, x), A.T * grad(two, two.arguments[0]))),
        id="unknown dependence: through its first argument only",
    ),
    pytest.param(
        _product_rule_for_one_factor, Claim("false", equal(diff(z * exp(z), z), exp(z))), id="products: one factor only"
    ),
    pytest.param(
        _only_the_generic_pattern,
        Claim("false", equal(diff(softmax(x)[i], x[k]), -softmax(x)[i] * softmax(x)[k])),
        id="the index pattern i = k left out, of replay and normal form",
    ),
]


@pytest.mark.parametrize(("plant", "claim"), PLANTED_DERIVATIVES)
def test_what_normal_form_and_replay_share_is_caught_by_the_sampler(
    plant: Callable[[pytest.MonkeyPatch], None], claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    (link,) = claim.links()
    assert isinstance(decide.decide(link), Refuted), "the equation must be false for this test to mean anything"
    plant(monkeypatch)
    with pytest.raises(Contradiction, match="is proved, but the sampler sees it fail"):
        prove_claim(claim)


def test_a_hypothesis_used_along_another_axis_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    given = equal(sum_over(j, A[i, j]), 1).links()
    (link,) = equal(sum_over(i, A[i, k]), 1).links(given)
    _hypothesis_on_any_axis(monkeypatch)
    stated = statement(sum_over(i, A[i, k]), Number(1), given)
    (pattern,) = patterns(stated.indices, stated.terms)[:1]
    assert decide.normal_forms(stated, pattern, Ring(stated.facts)).equal
    assert isinstance(decide.decide(link), Refuted)


def test_unknown_functions_have_no_hidden_derivative_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that loses the order of an unknown function's derivative is seen at an instance."""
    monkeypatch.setattr(operations, "FnForm", lambda symbol, order, argument: _fn(symbol, argument))
    assert normal_forms_agree(f.derivative(z), f(z))
    assert isinstance(verdict(f.derivative(z), f(z)), Refuted)


def _fn(symbol: str, argument: object) -> object:
    return FnForm(symbol, 0, argument)  # type: ignore[arg-type]
