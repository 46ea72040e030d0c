"""The site around its examples: schemas, generated parts, the gallery, and that every page is led to."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import verify
from tests.read.test_notations import REFUSED, ROWS
from tests.test_docs import DOCS, printed_by
from verify.cli import program


def is_valid(schema: str, record: object) -> bool:
    kept = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (DOCS / "schemas").glob("*.json")}
    registry: Registry[Any] = Registry().with_resources([(at, Resource.from_contents(kept[at])) for at in kept])
    return Draft202012Validator(kept[f"{schema}.schema.json"], registry=registry).is_valid(record)


def test_proofs_and_their_second_judge_are_what_the_schemas_say(tmp_path: Path) -> None:
    path = tmp_path / "proofs.json"
    names = "affine.weight_gradient deep_linear_stack.collapse ranges.softmax_of_several"
    path.write_text(printed_by(f"gradproof prove {names} --format json --certificates"))
    proofs = json.loads(path.read_text())
    assert is_valid("proofs-1", proofs)
    assert not is_valid("proofs-1", {**proofs, "claims": [{**proofs["claims"][0], "says": None}]})
    judged = json.loads(printed_by(f"gradproof recheck {path} --format json"))
    assert is_valid("recheck-1", judged)
    assert not is_valid("recheck-1", {**judged, "certificates": [{"of": "x", "outcome": "right"}]})


def commands_of(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for below, each in command.commands.items():
            yield from commands_of(each, f"{path} {below}")


@pytest.mark.parametrize(("path", "command"), list(commands_of(program, "gradproof")), ids=str)
def test_the_reference_has_every_command_and_option(
    path: str, command: click.Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    from commands import commands_in_markdown  # type: ignore[import-not-found]

    page = commands_in_markdown()
    section = page.partition(f"## {path}\n")[2].partition("\n## ")[0]
    options = {each for parameter in command.params if isinstance(parameter, click.Option) for each in parameter.opts}
    assert section
    assert [option for option in options if option not in section] == []


def test_generated_tables_have_a_row_for_each_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    from notations import notations_in_markdown  # type: ignore[import-not-found]
    from schemas import schemas_in_markdown  # type: ignore[import-not-found]

    rows = [line for line in notations_in_markdown().splitlines() if line.startswith("| `")]
    assert len(rows) == len(ROWS) + len(REFUSED)
    assert all(len(re.split(r"(?<!\\)\|", row)) == 5 for row in rows), "a bar in a cell would end it"
    headings = re.findall(r"^## (\S+)$", schemas_in_markdown(), re.MULTILINE)
    assert headings == sorted(path.name.partition(".")[0] for path in (DOCS / "schemas").iterdir())


def test_the_gallery_shows_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sphinx")
    pytest.importorskip("latex2mathml")
    monkeypatch.syspath_prepend(str(DOCS))
    from gallery import subject_in_markdown, subjects  # type: ignore[import-not-found]

    record = json.loads(printed_by("gradproof prove bounds affine.weight_gradient --format json"))
    parts = subjects(record)
    assert list(parts) == ["affine", "bounds"]
    page = subject_in_markdown("affine", parts["affine"])
    assert '<a href="#affine.weight_gradient">' in page
    assert 'id="affine.weight_gradient"' in page
    assert "<math" in page
    assert 'class="math">' not in page, "a formula would be left to a script"
    assert "bounds" not in page
    (claim,) = parts["affine"]["claims"]
    claim["links"][0]["verdict"] = "undecided"
    assert "undecided" in subject_in_markdown("affine", parts["affine"])


def test_the_reference_of_python_has_every_public_name() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\.\. (?:auto\w+|py:data):: verify\.(\w+)$", page, re.MULTILINE)
    assert sorted(documented) == sorted(verify.__all__)


def test_every_page_is_led_to() -> None:
    pages = {page.relative_to(DOCS).with_suffix("").as_posix() for page in DOCS.rglob("*.md")}
    known = {page for page in pages if not page.startswith(("examples/", "gallery/", "_build/", "index"))}
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    trees = re.findall(r"^```\{toctree\}\n(.*?)^```", index, re.MULTILINE | re.DOTALL)
    led = {page for tree in trees for page in re.findall(r"([\w/-]+)>?$", tree, re.MULTILINE)}
    assert known - led == set()
