"""A claim explained on a terminal: what a report tells, in lines of a width."""

from verify.catalog import NamedClaim, NamedMistake
from verify.check import prove_claim, prove_mistake
from verify.language import (
    Claim,
    Misshapen,
    Mistake,
    Source,
    at_least,
    between,
    dims,
    equal,
    exp,
    fraction,
    function,
    index,
    matrix,
    member,
    scalar,
    softmax,
    tanh,
    vector,
    vjp,
)
from verify.report.explain_text import broken, explain_lines
from verify.report.readable import shown_in
from verify.report.results import ProvedClaim, TriedMistake
from verify.report.text import Paint, plain

m, n = dims("m n")
W, x, delta, z = matrix("W", m, n), vector("x", n), vector(r"\delta", m), scalar("z")
k, f = index("k", n), function("f")
BOOK = Source("Łukasiewicz, J.", "Rings", 1931)
GRADIENT = Claim("Shaped like W.", equal(vjp(W * x, W, upstream=delta), delta * x.T), source=BOOK)
SWAPPED = Mistake("The factors are swapped.", of=GRADIENT, answer=x * delta.T, expect=Misshapen)
FLIPPED = Mistake("The sign is flipped.", of=GRADIENT, answer=-delta * x.T)
RANGE = Claim("Between 0 and 1.", member(softmax(x)[k], between(0, 1)), given=(at_least(n, 2),))
FALSE = Claim("Not so.", equal(f(z + z), f(z), f(z)))
RISE = exp(z) - exp(-z)
LONG = Claim("In three steps.", equal(tanh(z) * (exp(z) + exp(-z)) * exp(z), RISE * exp(z), exp(2 * z) - 1))
HALF = Mistake("Half.", of=RANGE, answer=between(0, fraction(1, 2)), given=())


def explained(claim: Claim, *mistakes: Mistake, width: int = 80, paint: Paint = plain, encoding: str = "utf-8") -> str:
    proved = ProvedClaim(NamedClaim("rings.claim", claim), prove_claim(claim))
    tried = tuple(
        TriedMistake(NamedMistake(f"rings.mistake_{place}", "rings.claim", each), prove_mistake(each))
        for place, each in enumerate(mistakes, start=1)
    )
    return "\n".join(explain_lines((proved,), tried, width, paint, shown_in(encoding)))


def test_it_tells_what_a_report_tells() -> None:
    # The witness: at sizes 1 with delta = x = 1 the product is 1, and -1 with the sign flipped.
    assert explained(GRADIENT, SWAPPED, FLIPPED).splitlines() == [
        "rings.claim                                                               proved",
        "  Shaped like W.",
        "  Łukasiewicz, J. (1931). Rings.",
        "",
        "    (∂(W x)/∂W)* δ = δ xᵀ                                                 proved",
        "        both sides come down to δ_row x_column",
        "",
        "  Proved by its normal form, for all dimensions; replayed exactly at 3 instances",
        "  (m = 1, n = 1; m = 2, n = 3; m = 3, n = 2); proved again by all sizes up to",
        "  m = 2, n = 2.",
        *[line for line in explained(GRADIENT).splitlines() if "Measured" in line],
        "",
        "  Mistakes",
        "    mistake_1                                                             caught",
        "      The factors are swapped.",
        "      (∂(W x)/∂W)* δ = x δᵀ",
        "      Misshapen: the left side is m × n, the right side n × m",
        "      (its transpose would fit).",
        "    mistake_2                                                             caught",
        "      The sign is flipped.",
        "      (∂(W x)/∂W)* δ = −δ xᵀ",
        "      At m = 1, n = 1, row = 1, column = 1, δ = 1, x = 1 the left side is 1 and",
        "      the right side −1.",
        "",
        "1 claim: 1 proved, 0 not proved; 2 mistakes: 2 caught, 0 missed",
    ]


def test_hypotheses_and_those_that_a_mistake_leaves_out() -> None:
    text = explained(RANGE, HALF)
    assert "  Given n ≥ 2.\n" in text
    assert "    softmax(x)ₖ ∈ (0, 1) " in text
    assert "      softmax(x)ₖ ∈ (0, 1/2)\n" in text


def test_a_chain_stands_line_by_line() -> None:
    lines = explained(LONG, width=60).splitlines()
    assert all(len(line) <= 60 for line in lines[:-1])
    right = [line[:-6].strip() for line in lines if line.endswith("proved") and not line.startswith("rings")]
    assert right[-1] == "= e²ᶻ − 1"


def test_what_is_refuted_shows_both_values() -> None:
    # f(t) = t^3 - t at z = 1 has f(2) = 6 and f(1) = 0.
    text = explained(FALSE)
    assert text.startswith(f"rings.claim{' ' * 62}refuted\n")
    assert f"    f(z + z) = f(z){' ' * 54}refuted\n" in text
    assert "        At z = 1, f(t) = t³ − t the left side is 6 and the right side 0.\n" in text


def test_an_old_terminal_gets_the_source() -> None:
    text = explained(GRADIENT, encoding="ascii")
    assert r"\left(\frac{\partial \left(W x\right)}{\partial W}\right)^* \delta = \delta x^T" in " ".join(text.split())
    assert "δ" not in text


def test_colors_say_again_what_words_say() -> None:
    kinds: list[str] = []

    def paint(text: str, kind: str) -> str:
        kinds.append(kind)
        return text

    assert explained(GRADIENT, FLIPPED, paint=paint) == explained(GRADIENT, FLIPPED)
    assert {"heading", "quiet", "proved", "caught"} <= set(kinds)


def test_a_formula_is_broken_outside_of_its_parentheses() -> None:
    text = "aaaa (bbbb + cccc) + (dddd + eeee) ffff"
    assert broken(text, 26, "", "  ") == ["aaaa (bbbb + cccc)", "  + (dddd + eeee) ffff"]
    assert broken("nowhere_to_break_it", 5, "", "  ") == ["nowhere_to_break_it"]
    assert "".join(broken(text, 12, "", "")).replace(" ", "") == text.replace(" ", "")
