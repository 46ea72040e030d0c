"""The JSON of a link and of a run: the keys of the format in their order, absent things null."""

import json

import pytest

from verify.catalog import NamedClaim, NamedMistake
from verify.check import ClaimResult, MistakeResult
from verify.language import Claim, Judgment, Location, Misshapen, Mistake, Source, Stated, Verdict, equal, scalar
from verify.language.verdict import AtLeast, Proved, Refuted, Replay, Undecided, Unreadable, Witness
from verify.report.records import check_record, link_record, proofs_record
from verify.report.results import CheckedFile, ProvedClaim, TriedMistake
from verify.sample import Sampled

KEYS = ["left", "relation", "right", "at", "question", "verdict", "reason", "why", "conditions", "layout", "witness"]
KEYS += ["assumed", "suggestion", "method"]
POINT = Witness((("n", 2),), (), (("x", (("0",), ("1/2",))),), (("f", (0, 0, 1)),), "1/4", "1/2")
PROVED = Proved("normal form", (AtLeast("n", 2),), Replay(12, "modular", ("n = 2",)))

z = scalar("z")
CLAIM = NamedClaim("rings.double", Claim("Twice.", equal(z + z, 2 * z), source=Source("A. Author", "Rings", 1931)))
MISTAKE = NamedMistake("rings.squared", "rings.double", Mistake("A square.", of=CLAIM.claim, answer=z * z))


def judged(verdict: Verdict) -> Judgment:
    return Judgment("a", "=", "b", verdict)


@pytest.mark.parametrize(
    "verdict",
    [
        PROVED,
        Refuted(POINT),
        Misshapen("shape", "m x n and n x m"),
        Unreadable(3, 7, "a = (b", "not closed"),
        Undecided("budget", "gave up"),
        Stated("y"),
    ],
)
def test_every_link_has_the_keys_of_the_format_in_their_order(verdict: Verdict) -> None:
    carets = ["caret"] if isinstance(verdict, Unreadable) else []
    assert list(link_record(judged(verdict))) == KEYS + carets


def test_a_full_link() -> None:
    at = Location("hw.md", 3, 7)
    record = link_record(Judgment("a", "=", "b", Refuted(POINT), None, at, "1.5", "denominator", ("so read",), "a = c"))
    assert record == {
        "left": "a",
        "relation": "=",
        "right": "b",
        "at": {"path": "hw.md", "line": 3, "column": 7},
        "question": "1.5",
        "verdict": "refuted",
        "reason": None,
        "why": "for n = 2, x = (0, 1/2), f(t) = t^2: left 1/4, right 1/2",
        "conditions": [],
        "layout": "denominator",
        "witness": {
            "sizes": {"n": 2},
            "indices": {},
            "inputs": {"x": [["0"], ["1/2"]]},
            "functions": {"f": "t^2"},
            "left": "1/4",
            "right": "1/2",
            "chances": [],
        },
        "assumed": ["so read"],
        "suggestion": "a = c",
        "method": None,
    }


def test_absent_things_are_null() -> None:
    record = link_record(Judgment("prose", None, None, Stated("prose")))
    absent = {key for key, value in record.items() if value is None}
    assert absent == {"relation", "right", "at", "question", "reason", "layout", "witness", "suggestion", "method"}


def test_a_proof_carries_its_method_and_its_conditions() -> None:
    record = link_record(judged(PROVED))
    assert (record["method"], record["conditions"], record["why"]) == ("normal form", [r"n \ge 2"], None)


def test_checked_files() -> None:
    file = CheckedFile("hw.md", "hw.toml", 4, (judged(PROVED),))
    record = check_record((file,))
    assert list(record) == ["format", "files"]
    assert record["format"] == "gradproof.check/1"
    assert [(each["path"], each["displays"], len(each["links"])) for each in record["files"]] == [("hw.md", 4, 1)]


def test_proofs() -> None:
    claims = (
        ProvedClaim(CLAIM, ClaimResult((judged(PROVED),), Sampled(60, 2.5e-13), None)),
        ProvedClaim(CLAIM, ClaimResult((judged(PROVED),), None, "any depth")),
    )
    mistakes = (TriedMistake(MISTAKE, MistakeResult((judged(Refuted(POINT)),), caught=True)),)
    record = json.loads(json.dumps(proofs_record(claims, mistakes)))
    assert list(record) == ["format", "claims", "mistakes"]
    assert record["format"] == "gradproof.proofs/1"
    sampled, unsampled = record["claims"]
    assert list(sampled) == ["name", "says", "source", "given", "links", "sampled", "why_not_sampled"]
    assert sampled["source"] == "A. Author (1931). Rings."
    assert (sampled["sampled"], sampled["why_not_sampled"]) == ({"points": 60, "max_relative_error": 2.5e-13}, None)
    assert (unsampled["sampled"], unsampled["why_not_sampled"]) == (None, "any depth")
    (mistake,) = record["mistakes"]
    assert list(mistake) == ["name", "of", "says", "given", "expected", "verdict", "caught", "links"]
    assert [mistake[key] for key in list(mistake)[:7]] == [
        "rings.squared",
        "rings.double",
        "A square.",
        [],
        "refuted",
        "refuted",
        True,
    ]
