"""True claims pass at many points; wrong ones fail at a small one; the rest says why it was not sampled."""

import os
import subprocess
import sys

import pytest

from tests.sample.cases import TRUE, WRONG, A, Case, a, c, i, j, n, s, t, x, z
from verify.language import (
    Expression,
    Link,
    Relation,
    at_least,
    delta,
    diff,
    distinct,
    equal,
    exp,
    less,
    log,
    scalar,
    sigma,
    total,
    vector,
    vjp,
)
from verify.sample import Disagreement, NotSampled, Sampled, sample, sampling
from verify.sample.points import Ground

deep: Expression = z
for _ in range(200):
    deep = exp(deep)


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case.why)
def test_a_true_claim_passes_at_many_points(case: Case) -> None:
    found = sample(case.link())
    assert isinstance(found, Sampled), found
    assert found.points >= (30 if Ground.of(case.link()).names else 1)
    assert found.max_relative_error < 1e-6


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.why)
def test_a_wrong_claim_fails(case: Case) -> None:
    found = sample(case.link())
    assert isinstance(found, Disagreement), found
    assert found.left != found.right


@pytest.mark.parametrize(
    ("link", "words", "why"),
    [
        (equal(log(-exp(z)), log(-exp(z))).links()[0], "lie in the domain", "the log of what is negative everywhere"),
        (equal(c, c).links(equal(x * x, 1).links())[0], "the columns of x", "a misshapen hypothesis is not evaluated"),
        (equal(c, c).links(equal(exp(c), 0).links())[0], "hypotheses", "e^c = 0 cannot be met"),
        (equal(c, c).links(less(1, -c * c).links())[0], "hypotheses", "1 < -c^2 cannot be met"),
        (equal(deep, deep + 0).links()[0], "deep", "a tower of 200 exponentials"),
        (distinct(i, j).links()[0], "hypothesis", "a hypothesis is no claim"),
        (Link(sigma(z), Relation.TENDS, c), "limit", "a limit has no points"),
        (equal(A * x, A).links()[0], "n x 1", "sides of different shapes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_sampled_says_why(link: Link, words: str, why: str) -> None:
    found = sample(link)
    assert isinstance(found, NotSampled), why
    assert words in found.why


@pytest.mark.parametrize(
    ("link", "expected", "why"),
    [
        (equal(total(x), x[i]).links()[0], {"n": 2}, "one size is the smallest that shows it"),
        (equal(vjp(A * x, A, vector("v", n)), x * vector("v", n).T).links()[0], {"n": 2}, "a transpose needs two"),
        (equal(sigma.derivative(z), -sigma(z) * (1 - sigma(z))).links()[0], {}, "a scalar has no size"),
    ],
)
def test_a_disagreement_is_small(link: Link, expected: dict[str, int], why: str) -> None:
    found = sample(link)
    assert isinstance(found, Disagreement)
    assert dict(found.sizes) == expected, why
    entries = [entry for _, rows in found.inputs for row in rows for entry in row]
    assert set(entries) <= {"0", "1"}, why
    assert entries.count("1") <= 2, why


def test_a_disagreement_reads_as_a_sentence() -> None:
    (link,) = equal(total(x) * a, x[i] * a).links()
    assert str(sample(link)) == "for n = 2, i = 1, x = (0, 1), a = 1: left 1, right 0"


def test_sizes_start_where_they_are_told_to() -> None:
    (link,) = equal((n - 1) * total(x), 0 * c).links()
    found = sample(link, at_least={"n": 3})
    assert isinstance(found, Disagreement)
    assert dict(found.sizes) == {"n": 3}


def test_a_claim_that_fails_only_for_size_one_passes_from_two_on() -> None:
    (link,) = equal((n - 1) / (n - 1), 1).links()
    assert isinstance(sample(link, at_least={"n": 2}), Sampled)


def test_a_hypothesis_on_indices_chooses_among_their_values() -> None:
    (link,) = equal(delta(i, j), 0).links(distinct(i, j).links())
    assert isinstance(sample(link), Sampled)
    found = sample(equal(delta(i, j), 1).links(distinct(i, j).links())[0])
    assert isinstance(found, Disagreement)
    assert dict(found.sizes) == {"n": 2}
    assert found.indices == (("i", 1), ("j", 2))


def test_a_hypothesis_on_a_size_is_where_sizes_start() -> None:
    found = sample(equal(n, 2).links(at_least(n, 2).links())[0])
    assert isinstance(found, Disagreement)
    assert dict(found.sizes) == {"n": 3}


def test_the_number_of_points_is_the_number_asked_for_or_less() -> None:
    (link,) = equal(total(s), 1).links()
    found = sample(link, points=10)
    assert isinstance(found, Sampled)
    assert 5 <= found.points <= 10


def test_points_outside_the_domain_are_not_counted() -> None:
    (link,) = equal(log(a), log(a)).links()
    (everywhere,) = equal(a, a).links()
    inside, all_points = sample(link), sample(everywhere)
    assert isinstance(inside, Sampled)
    assert isinstance(all_points, Sampled)
    assert inside.points < all_points.points


def test_nothing_but_the_link_decides_what_is_drawn() -> None:
    program = (
        "from tests.sample.cases import TRUE, WRONG; from verify.sample import sample\n"
        "print([sample(case.link()) for case in (*TRUE[:4], *WRONG[:4])])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "12345")
    }
    assert len(seen) == 1


def test_the_sampler_does_not_know_the_kernel() -> None:
    program = "import sys, verify.sample; print([name for name in sys.modules if name.startswith('verify.kernel')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=".")
    assert done.stdout.strip() == "[]"


def test_a_disagreement_that_does_not_repeat_is_a_bug_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = iter([True])
    honest = sampling._at_met

    def moody(link, point):
        return honest(link, point) if next(verdicts, False) else None

    monkeypatch.setattr(sampling, "_at_met", moody)
    (link,) = equal(scalar("u") + 1, scalar("u")).links()
    with pytest.raises(AssertionError, match="did not repeat"):
        sample(link)


def test_a_derivative_inside_one_by_what_depends_on_it_is_refused() -> None:
    from verify.language import define

    inner = define("y", c * c)
    (link,) = equal(diff(diff(inner * inner, c), inner), 0 * c).links()
    found = sample(link)
    assert isinstance(found, NotSampled)
    assert "no plain meaning" in found.why


def test_hypotheses_that_hold_are_used() -> None:
    (link,) = equal(total(t), 1).links(equal(total(t), 1).links())
    assert isinstance(sample(link), Sampled)
