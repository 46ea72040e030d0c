"""What the commands print is what the schemas in the documentation say."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from verify.read import judge, read, read_context
from verify.report.records import check_record
from verify.report.results import CheckedFile
from verify.stream import answer_lines

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
CONTEXT = read_context('[names]\na = "scalar"\nW = "m x n"\nx = "n"\nf = "elementwise function"\nJ = "function of x"')
NAMES = {"a": "scalar", "W": "m x n", "x": "n"}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


LINK = schema("link-1")
REGISTRY: Registry[Any] = Registry().with_resources([(LINK["$id"], Resource.from_contents(LINK))])


def valid(name: str, record: object) -> bool:
    return Draft202012Validator(schema(name), registry=REGISTRY).is_valid(json.loads(json.dumps(record)))


TEXTS = [
    "$$a + a = 2a = 3a = Wx$$",
    "$$y = a$$ $$a = (b$$ $$a$$ $$a \\sim a$$ $$a = 2$$",
    "$$f(x) = x$$ $$\\frac{\\partial J}{\\partial x} = x$$",
    "$$\\sigma(a) \\in (0, 1), \\quad \\frac{a}{a} = 1, \\quad W \\in \\mathbb{R}^{m \\times n}$$",
    "$$x_i = x_j$$ $$\\frac{\\partial W x}{\\partial x} = W^T$$",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("certificates", [False, True])
@pytest.mark.parametrize("diagnosed", [False, True])
def test_checked_files(text: str, certificates: bool, diagnosed: bool) -> None:
    file = CheckedFile("hw.md", None, 1, judge(read(text, "hw.md", CONTEXT)), diagnosed)
    assert valid("check-1", check_record((file,), certificates=certificates))


@pytest.mark.parametrize("timings", [False, True])
def test_answers(timings: bool) -> None:
    lines = [json.dumps({"id": text, "latex": text, "context": {"names": NAMES}}) for text in TEXTS]
    lines += ["nonsense", '{"id": 1}', '{"latex": "a", "context": {"nmaes": {}}}']
    written: list[str] = []
    answer_lines(BytesIO("\n".join(lines).encode()), written.append, timings=timings)
    assert len(written) == len(lines)
    assert all(valid("answer-1", json.loads(line)) for line in written)
    assert all(valid("chain-1", json.loads(line)) for line in lines[: len(TEXTS)])


def test_the_schemas_are_schemas() -> None:
    for path in sorted(SCHEMAS.glob("*.json")):
        Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"verdict": "true"}, "no such verdict"),
        ({"witness": None}, "refuted without a witness"),
        ({"reason": "because"}, "no such reason"),
        ({"at": {"path": "hw.md", "line": 0, "column": 1}}, "lines count from 1"),
        ({"left": None}, "a side is a text"),
        ({"more": 1}, "nothing else"),
        ({"mistake": {"code": "sign"}}, "a mistake has all its keys"),
    ],
)
def test_the_schemas_refuse_what_is_no_link(change: dict[str, object], why: str) -> None:
    (judgment,) = judge(read("$$a + a = 3a$$", "hw.md", CONTEXT))
    record = check_record((CheckedFile("hw.md", None, 1, (judgment,)),))
    assert valid("check-1", record)
    link: dict[str, object] = {**record["files"][0]["links"][0], **change}
    assert not valid(
        "check-1", {"format": "gradproof.check/1", "files": [{"path": "", "displays": 1, "links": [link]}]}
    ), why


@pytest.mark.parametrize(
    "line",
    [{"id": 1}, {"latex": 3}, {"latex": "a", "context": {"nmaes": {}}}, {"latex": "a", "context": {"layout": "mixd"}}],
)
def test_the_schema_of_requests_refuses(line: object) -> None:
    assert not valid("chain-1", line)
