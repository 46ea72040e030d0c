"""What became of the alterations: killed, known to change nothing, or surviving."""

from __future__ import annotations

import ast
import difflib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.subjects import KILLED, Subject

SURVIVED, NO_TESTS = 0, 33
# A ``strict=True`` asserts that what is zipped has one length: nothing depends on it.
ASSERTED = re.compile(r", (strict=\w+)?(?=\))")


@dataclass(frozen=True)
class Alteration:
    """An alteration: the lines of a function that it takes out, and those that it puts in."""

    name: str
    function: str
    removed: str
    added: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by where code around it changes."""
        return self.function, self.removed, self.added

    @property
    def asserts(self) -> bool:
        """Whether it only takes out an assertion that lengths are the same."""
        return ASSERTED.sub("", self.removed) == ASSERTED.sub("", self.added)

    def __str__(self) -> str:
        was = "".join(f"    - {line}\n" for line in self.removed.splitlines())
        return f"{self.name}\n{was}" + "".join(f"    + {line}\n" for line in self.added.splitlines())


@dataclass(frozen=True)
class Tally:
    """How many alterations there were, and what became of them."""

    subject: str
    total: int
    killed: int
    timed_out: tuple[str, ...]
    unchecked: int
    equivalent: tuple[Alteration, ...]
    surviving: tuple[Alteration, ...]

    def report(self) -> str:
        """The numbers, after the alterations that no test noticed."""
        lines = [str(each) for each in self.surviving]
        killed = self.killed + len(self.timed_out)
        share = 100 * killed / max(1, self.total - len(self.equivalent) - self.unchecked)
        lines.append(
            f"{self.subject}: {self.total} mutants, {killed} killed ({len(self.timed_out)} by time), "
            f"{len(self.equivalent)} equivalent, {len(self.surviving)} surviving, {self.unchecked} not run: "
            f"{share:.1f} % of those that change something are killed\n"
        )
        return "\n".join(lines)


def tally(subject: Subject, folder: Path) -> Tally:
    """Count what mutmut found in a folder."""
    known = set(_equivalent())
    found: dict[str, int | None] = {}
    alterations: dict[str, Alteration] = {}
    for module in subject.modules:
        mutated = folder / "mutants" / module
        codes = json.loads(mutated.with_name(f"{mutated.name}.meta").read_text(encoding="utf-8"))["exit_code_by_key"]
        found.update(codes)
        open_ones = [name for name, code in codes.items() if code in (SURVIVED, NO_TESTS)]
        alterations.update((each.name, each) for each in _alterations(mutated, open_ones))
    equivalent = [each for each in alterations.values() if each.asserts or each.key in known]
    surviving = [each for each in alterations.values() if each not in equivalent]
    killed = sum(code in KILLED for code in found.values())
    unchecked = sum(code is None for code in found.values())
    others = (None, SURVIVED, NO_TESTS, *KILLED)
    timed_out = tuple(name for name, code in found.items() if code not in others)
    return Tally(subject.name, len(found), killed, timed_out, unchecked, tuple(equivalent), tuple(surviving))


def _alterations(mutated: Path, names: list[str]) -> Iterator[Alteration]:
    source = mutated.read_text(encoding="utf-8")
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    text = source.splitlines()

    def lines(name: str) -> list[str]:
        node = functions[name]
        return [line.strip() for line in text[node.lineno : node.end_lineno]]

    for name in names:
        module, _, own = name.rpartition(".")
        mangled = own.rpartition("__mutmut_")[0]
        changes = list(difflib.ndiff(lines(f"{mangled}__mutmut_orig"), lines(own)))
        removed, added = ("\n".join(line[2:] for line in changes if line[0] == sign) for sign in "-+")
        function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        yield Alteration(name, f"{module}.{function}", removed, added)


def _equivalent() -> Iterator[tuple[str, str, str]]:
    with (Path(__file__).parent / "equivalent.toml").open("rb") as file:
        said = tomllib.load(file)
    for group in said.get("equivalent", []):
        for removed, added in group["lines"]:
            yield group["function"], removed, added
