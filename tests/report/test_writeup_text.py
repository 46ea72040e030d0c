"""A checked write-up as text, line by line."""

from dataclasses import replace

import pytest

from verify.check import check
from verify.language import Judgment, Location, Misshapen, Stated, Verdict, equal, exp, scalar, sigma
from verify.language.verdict import AtLeast, Proved, Refuted, Replay, Undecided, Unreadable, Witness
from verify.report.results import CheckedFile
from verify.report.writeup_text import summary, writeup_lines

a = scalar("a")
POINT = Witness((("n", 1),), (), (("x", (("0",),)),), (), "1/4", "1/2")
PROVED = Proved("normal form", (), Replay(12, "modular", ()))


def judged(left: str, right: str | None, verdict: Verdict, line: int = 1, question: str | None = None) -> Judgment:
    return Judgment(left, "=" if right else None, right, verdict, None, Location("hw.md", line, 4), question)


def lines(*judgments: Judgment, width: int = 88) -> list[str]:
    return list(writeup_lines(CheckedFile("hw.md", None, 1, judgments), width))


def test_a_chain_is_set_as_a_chain() -> None:
    chain = (
        judged("a", "b", PROVED, 9, "1"),
        judged("b", "c", Refuted(POINT), 10, "1"),
        judged("c", "d", PROVED, 11, "1"),
        judged("p", "q", PROVED, 12, "2"),
    )
    assert lines(*chain) == [
        "hw.md, with no file of names",
        "",
        "Question 1",
        "   9:4  proved      a = b",
        "  10:4  refuted       = c",
        "                        for n = 1, x = 0: left 1/4, right 1/2",
        "  11:4  proved        = d",
        "",
        "Question 2",
        "  12:4  proved      p = q",
        "",
        "1 display, 4 links: 3 proved, 1 refuted, 0 misshapen, 0 undecided, 0 unreadable, 0 stated",
    ]


def test_a_diagnosed_write_up_names_the_mistake_under_its_evidence() -> None:
    wrong, unclear = (equal(exp(a), right).links()[0] for right in (exp(-a), exp(exp(sigma(a)))))
    judgments = tuple(replace(check(link), relation="=", begins=True) for link in (wrong, unclear))
    found = list(writeup_lines(CheckedFile("hw.md", None, 2, judgments, diagnosed=True), 88))
    # The witness is a = 1, where e^1 = 2.718 and e^-1 = 0.368.
    assert [line.strip() for line in found[3:6]] == [
        "for a = 1: left 2.718281828, right 0.3678794412",
        "in round numbers: for a = 1: left 2.72, right 0.37",
        "Check the signs: one of them is wrong. [sign]",
    ]
    assert any(line.strip() == "No single usual mistake explains this step." for line in found)
    plain = list(writeup_lines(CheckedFile("hw.md", None, 2, judgments), 88))
    assert not any("Check" in line or "No single" in line for line in plain)


def test_a_long_link_has_its_left_side_above() -> None:
    long = "x + " * 10 + "x"
    assert lines(judged(long, long, PROVED), width=70)[2:5] == [
        f"                   {long}",
        f"  1:4  proved        = {long}",
        "",
    ]


def test_the_context_is_named() -> None:
    file = CheckedFile("hw.md", "hw.toml", 0, ())
    assert next(writeup_lines(file, 88)) == "hw.md, with the names of hw.toml"


def test_what_cannot_be_read_is_shown_with_a_caret() -> None:
    unreadable = Unreadable(1, 7, "a = b (c", "the parenthesis is not closed", ")", ("a", "b"))
    assert lines(judged("a = b (c", None, unreadable))[2:5] == [
        "  1:4  unreadable  the parenthesis is not closed; expected ); known here: a, b",
        "                   a = b (c",
        "                         ^",
    ]


def test_a_caret_in_a_long_line_is_kept_in_sight() -> None:
    source = "".join(chr(ord("a") + place % 26) for place in range(200))
    *_, shown, caret, _, _ = lines(judged(source, None, Unreadable(1, 150, source, "no")))
    assert len(shown) <= 88
    assert shown[caret.index("^")] == source[149]
    assert (shown.strip()[0], shown.strip()[-1]) == ("…", "…")
    assert shown.strip()[1:-1] in source


def test_a_terminal_is_not_played_tricks_on() -> None:
    unreadable = Unreadable(1, 1, "\x1b[2J\x07", "no")
    text = "\n".join([*lines(judged("\x1b]0;title", "b", PROVED)), *lines(judged("x", None, unreadable))])
    assert all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.parametrize(
    ("judgment", "below"),
    [
        (Judgment("a", "=", "b", Proved("normal form", (AtLeast("n", 2),), PROVED.replay)), [r"where n \ge 2"]),
        (Judgment("a", "=", "b", PROVED, layout="mixed"), []),
        (Judgment("a", "=", "b", PROVED, layout="numerator"), ["in the numerator layout"]),
        (Judgment("a", "=", "b", PROVED, assumed=("entrywise", "f(x)_i")), ["read so: entrywise; f(x)_i"]),
        (Judgment("a", "=", "b", Misshapen("shape", "m x 1 and n x 1")), ["m x 1 and n x 1"]),
        (Judgment("a", "=", "b", Undecided("no-proof", "no rule", "x")), ["no rule; what is left: x"]),
        (
            Judgment("a", "=", "b", Refuted(POINT), suggestion="proved if read as a = 2b"),
            [str(POINT), "proved if read as a = 2b"],
        ),
        (Judgment("y", "=", "W x", Stated("y")), []),
    ],
)
def test_evidence_stands_under_the_link(judgment: Judgment, below: list[str]) -> None:
    assert [line.strip() for line in lines(judgment)[3:-2]] == below


@pytest.mark.parametrize(("width", "room"), [(60, 60), (80, 80), (100, 100)])
def test_no_line_is_wider_than_asked_if_it_can_be_broken(width: int, room: int) -> None:
    wordy = r"\frac{a}{b} + " * 30 + "c"
    text = lines(judged(wordy, wordy, Misshapen("shape", "words " * 40)), width=width)[:-1]
    assert max(map(len, text)) <= room


def test_the_summary_leaves_nothing_out() -> None:
    verdicts = (PROVED, Refuted(POINT), Misshapen("shape", ""), Undecided("budget", ""), Unreadable(1, 1, "", ""))
    file = CheckedFile("hw.md", None, 2, tuple(judged("a", "b", each) for each in (*verdicts, Stated(""), Stated(""))))
    says = "2 displays, 7 links: 1 proved, 1 refuted, 1 misshapen, 1 undecided, 1 unreadable, 2 stated"
    assert summary(file) == says


def test_words_are_painted_and_nothing_else_moves() -> None:
    file = CheckedFile("hw.md", None, 1, (judged("a", "b", PROVED),))
    painted = list(writeup_lines(file, 88, lambda text, kind: f"<{kind}>{text}</>"))
    assert painted[2] == "  1:4  <proved>proved    </>  a = b"


@pytest.mark.parametrize(
    ("verdicts", "passed", "why"),
    [
        ((PROVED,), True, "all proved"),
        ((PROVED, Stated("y")), True, "a definition needs no proof"),
        ((Stated("y"),), False, "nothing was checked"),
        ((), False, "there is nothing"),
        ((PROVED, Undecided("budget", "")), False, "could not tell is no pass"),
        ((PROVED, Refuted(POINT)), False, "one is false"),
        ((PROVED, Unreadable(1, 1, "", "")), False, "one cannot be read"),
    ],
)
def test_when_a_file_passes(verdicts: tuple[Verdict, ...], passed: bool, why: str) -> None:
    file = CheckedFile("hw.md", None, 1, tuple(judged("a", "b", each) for each in verdicts))
    assert file.passed is passed, why


def test_a_statement_of_its_own_is_shown_as_a_whole() -> None:
    first, second = Judgment("a", "=", "b", PROVED), Judgment("b", "=", "c", PROVED, begins=True)
    lines = list(writeup_lines(CheckedFile("hw.md", None, 1, (first, second)), 88))
    assert any(line.endswith("b = c") for line in lines)
