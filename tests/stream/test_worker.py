"""A worker is asked, dies, takes too long or too much, and the next question is answered all the same."""

import os
import sys
import time

import pytest

from verify.stream.worker import Lost, Worker


def _answer(question: str) -> str:
    match question:
        case "die":
            os._exit(9)
        case "break":
            raise ZeroDivisionError("planted")
        case "sleep":
            time.sleep(60)
        case "eat":
            return "x" * (1 << 34)
        case "recurse":
            return _answer(question)
    return question.upper()


@pytest.mark.parametrize(
    ("bad", "killed", "says"),
    [
        ("die", False, "the process that worked on it ended with code 9"),
        ("break", False, "the process that worked on it ended with code 1"),
        ("recurse", False, "the process that worked on it ended with code 1"),
        ("sleep", True, "it took more than 2 seconds"),
        pytest.param(
            *("eat", True, "it took more than 6000 MB"),
            marks=pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone"),
        ),
    ],
)
def test_one_bad_question_costs_itself_alone(bad: str, killed: bool, says: str) -> None:
    with Worker(_answer, seconds=2, megabytes=6000) as worker:
        assert [worker.ask(each) for each in ("a", bad, "b")] == ["A", Lost(killed, says), "B"]
