"""Proved claims and tried mistakes as text."""

from verify.catalog import NamedClaim, NamedMistake
from verify.check import ClaimResult, MistakeResult
from verify.language import Claim, Judgment, Mistake, Verdict, equal, scalar
from verify.language.verdict import Cutoff, Nonzero, Proved, Refuted, Replay, Undecided, Witness
from verify.report.proofs_text import proof_lines, summary
from verify.report.readable import shown_in
from verify.report.results import ProvedClaim, TriedMistake
from verify.sample import Sampled

z = scalar("z")
TWICE = Claim("Twice.", equal(z + z, 2 * z))
POINT = Witness((), (), (("z", (("1",),)),), (), "2", "1")
REPLAY = Replay(12, "modular", ())
PROVED = Proved("normal form", (), REPLAY)


def claim(name: str, *verdicts: Verdict, sampled: Sampled | None = None) -> ProvedClaim:
    judgments = tuple(Judgment("z + z", "=", "2 z", verdict) for verdict in verdicts)
    return ProvedClaim(NamedClaim(name, TWICE), ClaimResult(judgments, sampled, None if sampled else "a limit"))


def mistake(name: str, of: str, verdict: Verdict, caught: bool) -> TriedMistake:
    named = NamedMistake(name, of, Mistake("A square.", of=TWICE, answer=z * z))
    return TriedMistake(named, MistakeResult((Judgment("z + z", "=", "z z", verdict),), caught))


def test_claims_stand_by_module_with_their_mistakes() -> None:
    claims = (
        claim("rings.double", PROVED, sampled=Sampled(60, 2.5e-13)),
        claim("sums.halves", PROVED, PROVED),
    )
    mistakes = (mistake("sums.squared", "rings.double", Refuted(POINT), caught=True),)
    assert list(proof_lines(claims, mistakes, 88)) == [
        "rings",
        "  double     proved     by normal form; 60 points, error 2e-13",
        "    squared  caught     refuted: at z = 1 the left side is 2 and the right side 1",
        "",
        "sums",
        "  halves  proved     by normal form; not sampled: a limit",
        "",
        "2 claims: 2 proved, 0 not proved; 1 mistake: 1 caught, 0 missed",
    ]


def test_a_second_proof_is_named_if_every_link_has_it() -> None:
    twice = Proved("normal form", (), REPLAY, Cutoff((("n", 3),), 9))
    assert "by normal form, cutoff; " in next_line(claim("a.b", twice, twice))
    assert "by normal form; " in next_line(claim("a.b", twice, PROVED))


def next_line(of: ProvedClaim) -> str:
    return list(proof_lines((of,), (), 88))[1]


def test_what_is_not_proved_shows_its_link_and_why() -> None:
    text = list(proof_lines((claim("rings.double", PROVED, Undecided("no-proof", "no rule", "z")),), (), 88))
    assert text[1:4] == [
        "  double  undecided  by normal form; not sampled: a limit",
        "      z + z = 2 z",
        "        Undecided: no rule; what is left: z.",
    ]


def test_a_condition_that_the_claim_does_not_state_is_no_pass() -> None:
    conditional = claim("rings.double", Proved("normal form", (Nonzero(z),), REPLAY))
    assert not conditional.passed
    text = list(proof_lines((conditional,), (), 88))
    assert text[1:3] == [
        "  double  proved     by normal form; where z ≠ 0; not sampled: a limit",
        "      not passed: the claim does not state these conditions",
    ]
    assert text[-1].startswith("1 claim: 0 proved, 1 not proved")


def test_a_missed_mistake_says_what_was_expected_and_what_came() -> None:
    text = list(proof_lines((), (mistake("rings.squared", "rings.double", PROVED, caught=False),), 88))
    assert text == [
        "rings.squared  missed     expected refuted, got proved",
        "",
        "0 claims: 0 proved, 0 not proved; 1 mistake: 0 caught, 1 missed",
    ]


def test_where_a_sign_cannot_be_shown_its_source_is() -> None:
    conditional = claim("rings.double", Proved("normal form", (Nonzero(z),), REPLAY))
    text = list(proof_lines((conditional,), (), 88, show=shown_in("ascii")))
    assert r"where z \ne 0;" in text[1]


def test_the_summary_counts() -> None:
    claims = (claim("a.b", PROVED), claim("a.c", Refuted(POINT)))
    mistakes = (mistake("a.d", "a.b", PROVED, caught=False), mistake("a.e", "a.b", Refuted(POINT), caught=True))
    assert summary(claims, mistakes) == "2 claims: 1 proved, 1 not proved; 2 mistakes: 1 caught, 1 missed"
