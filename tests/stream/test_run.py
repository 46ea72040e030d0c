"""Streams of chains: in order, flushed, each line answered, repeated ones from memory."""

import json
from io import BytesIO

import pytest

from verify.stream import answer_lines, run
from verify.stream.answers import Answered, Asked
from verify.stream.run import Outcome
from verify.stream.worker import Lost

CONTEXT = {"names": {"a": "scalar", "x": "n"}}


def answers(*requests: object, **options: bool) -> tuple[list[dict[str, object]], Outcome]:
    written: list[str] = []
    text = b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in requests)
    outcome = answer_lines(BytesIO(text), written.append, **options)
    return [json.loads(line) for line in written], outcome


def chain(name: object, latex: str, **context: object) -> dict[str, object]:
    return {"id": name, "latex": latex, "context": {**CONTEXT, **context}}


def verdicts(record: dict[str, object]) -> list[str]:
    links = record["links"]
    assert isinstance(links, list)
    return [link["verdict"] for link in links]


def test_each_line_is_answered_in_order() -> None:
    found, outcome = answers(
        chain("1", "a + a = 2a = 3a"), b"nonsense", chain([3], "a = "), chain("4", "a = a", nmaes={}), chain(5, "x = a")
    )
    assert [record["id"] for record in found] == ["1", None, [3], "4", 5]
    assert verdicts(found[0]) == ["proved", "refuted"]
    assert found[1]["error"] == {
        "reason": "request",
        "line": 2,
        "mistakes": ["this is not JSON: Expecting value: line 1 column 1 (char 0)"],
    }
    assert verdicts(found[2]) == ["unreadable"]
    assert found[3]["error"] == {
        "reason": "request",
        "line": 4,
        "mistakes": ["nmaes: unknown key; did you mean 'names'?"],
    }
    assert not outcome.passed


def test_all_mistakes_of_a_context_are_listed() -> None:
    context = {"names": {"W": "d by k"}, "layout": "mixd", "title": ""}
    ((found,), _) = answers({"id": 1, "latex": "a", "context": context})
    assert isinstance(found["error"], dict)
    assert len(found["error"]["mistakes"]) == 3


@pytest.mark.parametrize(
    "latex", ["\0", "a\ud800", "", "$$a = a$$ $$", r"\frac{" * 2000, "9^{9^{9^9}}", "x" * 100_000, "(" * 5000]
)
def test_whatever_is_asked_has_an_answer(latex: str) -> None:
    found, _ = answers(chain(1, latex), chain(2, "a = a"))
    assert [record["id"] for record in found] == [1, 2]
    assert verdicts(found[1]) == ["proved"]


def test_times_are_added_when_asked_for() -> None:
    (found, _) = answers(chain(1, "a = a"), timings=True)
    assert isinstance(found[0]["seconds"], float)
    assert list(answers(chain(1, "a = a"))[0][0]) == ["id", "links"]


def test_certificates_are_added_when_asked_for() -> None:
    ((found,), _) = answers(chain(1, "a = a"), certificates=True)
    assert isinstance(found["links"], list)
    assert found["links"][0]["certificate"] is not None


def test_a_repeated_line_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Counting:
        def __init__(self, *_: object, **__: object) -> None: ...
        def __enter__(self) -> "Counting":
            return self

        def __exit__(self, *_: object) -> None: ...
        def ask(self, question: Asked) -> Answered | Lost:
            asked.append(question)
            return Lost(True, "too slow") if question.latex == "slow" else Answered((), (), 0.0)

    monkeypatch.setattr(run, "Worker", Counting)
    found, outcome = answers(*(chain(number, latex) for number, latex in enumerate(["a", "a", "slow", "slow", "a"])))
    assert len(asked) == 3, "what was killed is not remembered"
    assert [record["id"] for record in found] == [0, 1, 2, 3, 4]
    assert verdicts(found[2]) == ["undecided"]
    assert outcome.failed == 2


def test_an_error_of_ours_costs_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(asked: Asked) -> Answered:
        assert asked.latex != "a = 2a"
        return Answered((), (), 0.0)

    monkeypatch.setattr(run, "answer", broken)
    found, outcome = answers(chain(1, "a = a"), chain(2, "a = 2a"), chain(3, "a = 3a"))
    assert [list(record) for record in found] == [["id", "links"], ["id", "error"], ["id", "links"]]
    assert outcome.broken == 1
