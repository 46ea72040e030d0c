"""Errors say what was given, what was expected, and where."""

from verify.language import Unreadable
from verify.read import AssignmentError, ContextMistake, ReadError
from verify.read.errors import KNOWN_NAMES
from verify.read.source import LONGEST_LINE, Source

SOURCE = Source("hw.md", "first\n  a = (b\nlast")


def test_an_error_shows_its_line_with_a_caret() -> None:
    error = ReadError("this ( is not closed", 12, expected=")", known=("a", "b")).within(SOURCE)
    assert str(error) == "hw.md:2:7: this ( is not closed; expected ); known here: a, b\n  a = (b\n      ^"


def test_the_verdict_of_an_error() -> None:
    error = ReadError("no", 6, expected="yes", known=("a",)).within(SOURCE)
    assert error.verdict == Unreadable(2, 1, "  a = (b", "no", "yes", ("a",))


def test_an_error_without_its_source_has_a_column() -> None:
    assert str(ReadError("no", 3)) == "1:4: no"


def test_not_all_names_are_listed() -> None:
    assert len(ReadError("no", known=tuple(map(str, range(100)))).known) == KNOWN_NAMES


def test_a_line_too_long_to_be_shown_is_not() -> None:
    source = Source("hw.md", "a" * (LONGEST_LINE + 1))
    assert ReadError("no", 7).within(source).verdict.source == ""
    assert str(ReadError("no", 7).within(source)) == "hw.md:1:8: no"


def test_places_at_the_ends() -> None:
    assert [SOURCE.place(offset) for offset in (0, 5, 6, len(SOURCE.text), 10**6)] == [
        (1, 1),
        (1, 6),
        (2, 1),
        (3, 5),
        (3, 5),
    ]


def test_lines_of_another_system() -> None:
    assert Source("hw.md", "a\r\nb").line_at(0) == "a"


def test_an_assignment_error_lists_all() -> None:
    error = AssignmentError("hw.toml", (ContextMistake("names.a", 2, "no"), ContextMistake("", None, "nor this")))
    assert str(error) == "hw.toml: 2 mistakes\n  line 2: names.a: no\n  nor this"
