"""Every example in README.md and in the documentation is run: commands, Python, TOML, JSON.

A page that tells a story, a tutorial or a how-to, is run from its beginning to its end in a folder of its own: blocks
with a caption are files, and a command finds what those before it have left.
"""

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from tests.conftest import Golden
from verify.cli import program

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
STORIES = [DOCS / "index.md", *sorted(DOCS.glob("tutorials/*.md")), *sorted(DOCS.glob("how-to/*.md"))]
PAGES = [ROOT / "README.md", *(page for page in sorted(DOCS.glob("*.md")) if page not in STORIES)]
FENCE = re.compile(r"^(`{3,})(?:(\w+)|\{code-block\} (\w+)\n:caption: (\S+)\n)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "
SHELL = frozenset("|<>&;*")
ELIDED = "…"


class Block(NamedTuple):
    """A fenced block of a page, the line that it begins on, and the file that it is, if it has a caption."""

    page: Path
    line: int
    language: str
    caption: str | None
    text: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        _, plain, named, caption, body = match.groups()
        yield Block(page, text.count("\n", 0, match.start()) + 1, plain or named, caption, body)


def of_pages(language: str) -> list[Block]:
    return [block for page in PAGES for block in blocks(page) if block.language == language]


def of_all(language: str) -> list[Block]:
    return [block for page in [*PAGES, *STORIES] for block in blocks(page) if block.language == language]


def name(block: Block) -> str:
    return f"{block.page.name}:{block.line}"


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a block and what is shown under each."""
    parts = re.split(rf"^{re.escape(PROMPT)}", text, flags=re.MULTILINE)
    assert not parts[0], "a block of the console begins with a command"
    return [(command, shown) for part in parts[1:] for command, _, shown in [part.partition("\n")]]


def printed_by(command: str) -> str:
    """What a command prints; one of our own is run here, anything else by the shell."""
    words = shlex.split(command)
    if words[0] == "gradproof" and not SHELL & set(command):
        result = CliRunner().invoke(program, words[1:], prog_name="gradproof", terminal_width=80)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["/bin/bash", "-c", command],
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return ran.stdout


def differing(shown: str, printed: str) -> str | None:
    """The first piece of what is shown that was not printed, a line with an ellipsis standing for any lines."""
    rest = printed
    for number, piece in enumerate(re.split(rf"^ *{ELIDED}\n", shown, flags=re.MULTILINE)):
        at = rest.find(piece)
        if at < 0 or (number == 0 and at > 0):
            return piece
        rest = rest[at + len(piece) :]
    return None if shown.rstrip().endswith(ELIDED) or not rest else rest


def run_console(block: Block, golden: Golden) -> None:
    new = []
    for command, shown in commands(block.text):
        printed = printed_by(command)
        updated = golden.update and ELIDED not in shown
        assert updated or differing(shown, printed) is None, f"{name(block)}: {command}\n{printed}"
        new.append(f"{PROMPT}{command}\n{printed if updated else shown}")
    if golden.update:
        page = block.page.read_text(encoding="utf-8")
        fenced = page.replace(f"```console\n{block.text}```\n", f"```console\n{''.join(new)}```\n", 1)
        block.page.write_text(fenced, encoding="utf-8")


def run_python(block: Block, known: dict[str, Any]) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, name(block), "exec"), known)  # noqa: S102 - our own pages
        return
    example = doctest.DocTestParser().get_doctest(block.text, known, name(block), str(block.page), block.line)
    example.globs = known
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(example, clear_globs=False)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("block", of_pages("console"), ids=name)
def test_a_command_prints_what_the_page_shows(block: Block, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    run_console(block, golden)


@pytest.mark.parametrize("block", of_pages("python"), ids=name)
def test_python_runs(block: Block) -> None:
    run_python(block, {"__name__": "page"})


@pytest.fixture
def _in_a_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder that looks like a clone; what is imported from it is forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for folder in ("docs", "derivations"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    before = set(sys.modules)
    yield
    for each in set(sys.modules) - before:
        if Path(getattr(sys.modules[each], "__file__", None) or "/").is_relative_to(tmp_path):
            del sys.modules[each]


@pytest.mark.usefixtures("_in_a_clone")
@pytest.mark.parametrize("story", STORIES, ids=lambda page: page.stem)
def test_a_story_runs(story: Path, golden: Golden) -> None:
    known: dict[str, Any] = {"__name__": "page"}
    for block in blocks(story):
        if block.caption is not None:
            Path(block.caption).parent.mkdir(parents=True, exist_ok=True)
            Path(block.caption).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            run_console(block, golden)
        elif block.language == "python":
            run_python(block, known)


@pytest.mark.parametrize("block", of_all("toml"), ids=name)
def test_toml_is_toml(block: Block) -> None:
    tomllib.loads(block.text)


@pytest.mark.parametrize("block", of_all("json"), ids=name)
def test_json_is_json(block: Block) -> None:
    json.loads(block.text)


@pytest.mark.parametrize("block", of_all("yaml"), ids=name)
def test_a_workflow_runs_what_its_page_runs(block: Block) -> None:
    shown = {command for each in blocks(block.page) if each.language == "console" for command, _ in commands(each.text)}
    ours = re.findall(r"(?:run: |^ +)(gradproof .+)$", block.text, re.MULTILINE)
    assert ours
    assert [command for command in ours if command not in shown] == []


def pattern_on(page: str) -> Any:
    """The pattern of the problem matcher that a page shows."""
    (block,) = (each for each in blocks(DOCS / "how-to" / page) if each.language == "json")
    shown = json.loads(block.text)
    return (
        shown["tasks"][0]["problemMatcher"]["pattern"] if "tasks" in shown else shown["problemMatcher"][0]["pattern"][0]
    )


@pytest.mark.parametrize("page", ["ci.md", "editors.md"])
def test_a_problem_matcher_matches_what_is_printed(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    pattern = pattern_on(page)
    lines = printed_by("gradproof check docs/examples/neural-networks.md --format gcc --diagnose").splitlines()
    assert len(lines) == 3
    for line in lines:
        found = re.fullmatch(pattern["regexp"], line)
        assert found is not None
        assert found[pattern["file"]] == "docs/examples/neural-networks.md"
        assert found[pattern["line"]].isdecimal()
        assert found[pattern["severity"]] == "error"
        assert re.fullmatch("[a-z-]+", found[pattern["code"]])


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\nc\n", "a\nb\nc\n", True),
        ("a\n   …\nc\n", "a\nb\nc\n", True),
        ("b\n", "a\nb\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n…\nd\n", "a\nb\nc\n", False),
    ],
)
def test_pages_are_compared_line_by_line(shown: str, printed: str, same: bool) -> None:
    assert (differing(shown, printed) is None) is same


def test_a_story_is_told_in_order(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("````{code-block} markdown\n:caption: a.md\n\n```\nx\n```\n````\n\n```console\n$ b\nc\n$ d\n```\n")
    first, second = blocks(page)
    assert (first.caption, first.language, first.text) == ("a.md", "markdown", "```\nx\n```\n")
    assert commands(second.text) == [("b", "c\n"), ("d", "")]
