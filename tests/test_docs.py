"""Every example in README.md and in the documentation is run: commands, Python, TOML."""

import doctest
import re
import shlex
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from tests.conftest import Golden
from verify.cli import program

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELIDED = "…"


class Block(NamedTuple):
    """A fenced block of a page, and the line that it begins on."""

    page: Path
    line: int
    text: str


def blocks(language: str) -> list[Block]:
    return [
        Block(page, text.count("\n", 0, match.start()) + 1, match[2])
        for page in PAGES
        for text in [page.read_text(encoding="utf-8")]
        for match in FENCE.finditer(text)
        if match[1] == language
    ]


def name(block: Block) -> str:
    return f"{block.page.name}:{block.line}"


def differing(shown: str, printed: str) -> str | None:
    """The first piece of what is shown that was not printed, a line with an ellipsis standing for any lines."""
    rest = printed
    for number, piece in enumerate(re.split(rf"^ *{ELIDED}\n", shown, flags=re.MULTILINE)):
        at = rest.find(piece)
        if at < 0 or (number == 0 and at > 0):
            return piece
        rest = rest[at + len(piece) :]
    return None if shown.rstrip().endswith(ELIDED) or not rest else rest


@pytest.mark.parametrize("block", blocks("console"), ids=name)
def test_a_command_prints_what_the_page_shows(block: Block, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, _, shown = block.text.removeprefix("$ ").partition("\n")
    words = shlex.split(command)
    assert words[0] == "gradproof", "only our own command is run"
    printed = CliRunner().invoke(program, words[1:], prog_name="gradproof", terminal_width=80).output
    if golden.update and ELIDED not in shown:
        page = block.page.read_text(encoding="utf-8")
        block.page.write_text(page.replace(block.text, f"$ {command}\n{printed}"), encoding="utf-8")
        return
    assert differing(shown, printed) is None


@pytest.mark.parametrize("block", blocks("python"), ids=name)
def test_python_runs(block: Block) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, name(block), "exec"), {"__name__": "page"})  # noqa: S102 - our own pages
        return
    example = doctest.DocTestParser().get_doctest(block.text, {}, name(block), str(block.page), block.line)
    runner = doctest.DocTestRunner()
    runner.run(example)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("block", blocks("toml"), ids=name)
def test_toml_is_toml(block: Block) -> None:
    tomllib.loads(block.text)


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
