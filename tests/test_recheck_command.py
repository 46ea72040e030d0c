"""The command ``gradproof recheck``: what it says of certificates, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from verify.cli import Exit, program

NAMES = ("affine.weight_gradient", "affine.sign_flipped")


@pytest.fixture(scope="module")
def proofs() -> dict[str, Any]:
    found = CliRunner().invoke(program, ["prove", *NAMES, "--format", "json", "--certificates", "--jobs", "1"])
    record: dict[str, Any] = json.loads(found.stdout)
    return record


def run(record: object, *options: str) -> Result:
    return CliRunner().invoke(program, ["recheck", "-", *options], input=json.dumps(record))


def test_what_was_decided_is_decided_again(proofs: dict[str, Any]) -> None:
    found = run(proofs, "--all")
    assert found.exit_code == Exit.PROVED
    assert found.stdout.splitlines() == [
        "re-decided  affine.weight_gradient link 1",
        "re-decided  affine.sign_flipped link 1",
        "",
        "2 certificates: 2 re-decided, 0 re-tested, 0 not tested, 0 rejected",
    ]


def test_a_false_proof_is_rejected(proofs: dict[str, Any]) -> None:
    (mistake,) = [each for each in proofs["mistakes"] if each["name"] == NAMES[1]]
    pretended = mistake["links"][0]["certificate"] | {"verdict": "proved"}
    found = run({"claims": [{"name": NAMES[0], "links": [{"certificate": pretended}]}]})
    assert found.exit_code == Exit.NOT_PROVED
    assert found.stdout.splitlines()[0] == "rejected  affine.weight_gradient link 1"


def test_json(proofs: dict[str, Any]) -> None:
    record = json.loads(run(proofs, "--format", "json").stdout)
    assert record["format"] == "gradproof.recheck/1"
    assert [each["of"] for each in record["certificates"]] == [f"{name} link 1" for name in NAMES]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("{", "-: it is no JSON"),
        ('{"format": "gradproof.proofs/1", "claims": []}', "-: it holds no certificate"),
        ('{"format": "gradproof.certificate/1"}', "certificate: not a certificate as documented"),
        ("[" * 100_000, "-: it is no JSON"),
    ],
)
def test_refusals(given: str, says: str) -> None:
    found = CliRunner().invoke(program, ["recheck", "-"], input=given)
    assert found.exit_code == Exit.NO_FILE
    assert f"gradproof: {says}" in found.stderr


def test_no_file(tmp_path: Path) -> None:
    found = CliRunner().invoke(program, ["recheck", str(tmp_path / "none.json")])
    assert found.exit_code == Exit.NO_FILE
    assert "No such file" in found.stderr
