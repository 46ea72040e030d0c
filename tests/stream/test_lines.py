"""Lines of JSON that ask for verdicts: taken apart, or refused with all that is wrong."""

from io import BytesIO

import pytest

from verify.stream import lines
from verify.stream.lines import Fault, Request, lines_of, request_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"id": "7", "latex": "a"}', Request("7", "a", "{}")),
        (b'{"latex": "a", "context": null}', Request(None, "a", "{}")),
        (b'{"id": [1], "latex": "a", "context": {"b": 1, "a": 2}}', Request([1], "a", '{"a": 2, "b": 1}')),
        (b'\xef\xbb\xbf{"latex": "a"}', Request(None, "a", "{}")),
    ],
)
def test_requests(line: bytes, expected: Request) -> None:
    assert request_of(line) == expected


@pytest.mark.parametrize(
    ("line", "name", "says"),
    [
        (b"{", None, "this is not JSON"),
        (b"3", None, "expected an object"),
        (b"[]", None, "expected an object"),
        (b'{"id": 3}', 3, "latex: missing"),
        (b'{"id": 3, "latex": 4}', 3, "latex: expected a text"),
        (b'{"id": 3, "latex": "a", "context": []}', 3, "context: expected an object"),
        (b'{"id": 3, "latex": "a", "contxt": {}}', 3, "contxt: unknown key; did you mean 'context'?"),
        (b'{"id": 3, "latex": "a", "zzz": {}}', 3, "zzz: unknown key; expected one of id, latex, context"),
        (b'{"latex": "\xff"}', None, "this is not UTF-8: byte 0xff at column 12"),
        (b'{"latex": ' + b"[" * 100_000, None, "this is nested too deeply"),
        (b'{"latex": ' + b"1" * 10_000 + b"}", None, "this is not JSON"),
        (None, None, "a line of more than 10000000 bytes"),
    ],
)
def test_faults(line: bytes | None, name: object, says: str) -> None:
    fault = request_of(line)
    assert isinstance(fault, Fault)
    assert fault.id == name
    assert fault.mistakes[0].startswith(says)


def test_a_line_too_long_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 10)
    assert list(lines_of(BytesIO(b"one\n" + b"2" * 35 + b"\n\nthree"))) == [(1, b"one"), (2, None), (4, b"three")]
