"""What is altered, and the tests that should notice: a subject of ``subjects.toml``, copied to a folder of its own."""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COPIED = ("verify", "derivations", "tests")
# What costs more than the tests themselves, once for each mutant.
IDLE = ("cacheprovider", "logging", "faulthandler", "junitxml", "unraisableexception", "threadexception")
FAST = ["-o", "addopts=--import-mode=importlib", "--assert=plain", *(f"-pno:{name}" for name in IDLE)]
# What pytest ends with where a test fails, or breaks.
KILLED = (1, 3)


@dataclass(frozen=True)
class Subject:
    """Some modules, and the tests that they are tried with: what survives these is tried with the further ones."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    further: tuple[str, ...] = ()

    @property
    def configuration(self) -> str:
        """What mutmut is told."""
        settings = {
            "source_paths": ["verify"],
            "only_mutate": list(self.modules),
            "also_copy": ["derivations"],
            "do_not_mutate_patterns": [r"assert_never\("],
            "pytest_add_cli_args": FAST,
            "pytest_add_cli_args_test_selection": [*self.tests, *self.further],
            # What one run remembers must not help the next.
            "process_isolation": "forkserver",
            "timeout_multiplier": 10.0,
            "timeout_constant": 1.0,
        }
        lines = (f"{key} = {json.dumps(value)}" for key, value in settings.items())
        return "\n".join(["[tool.mutmut]", *lines, ""])


def _subjects() -> dict[str, Subject]:
    with (Path(__file__).parent / "subjects.toml").open("rb") as file:
        said = tomllib.load(file)
    return {
        name: Subject(name, _files(each["modules"]), tuple(each["tests"]), tuple(each.get("further", ())))
        for name, each in said.items()
    }


def _files(patterns: list[str]) -> tuple[str, ...]:
    """The files that are named, or that a pattern with a star is of; a package's own file has nothing to alter."""
    found = [path for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.name != "__init__.py"]
    return tuple(str(path.relative_to(ROOT)) for path in found)


SUBJECTS = _subjects()


def copied(subject: Subject, folder: Path) -> None:
    """Copy the tree to a folder, and write there what mutmut is told; what an earlier run killed stays so."""
    for name in COPIED:
        shutil.copytree(
            ROOT / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "golden")
        )
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(f"{project}\n{subject.configuration}", encoding="utf-8")
    for module in subject.modules:
        _forget_survivors(folder / "mutants" / f"{module}.meta")
    # Which functions a test calls may have changed, too.
    (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)


def _forget_survivors(found: Path) -> None:
    """What survived is tried again: there may be new tests."""
    if found.exists():
        said = json.loads(found.read_text(encoding="utf-8"))
        codes = said["exit_code_by_key"]
        said["exit_code_by_key"] = {name: code if code in KILLED else None for name, code in codes.items()}
        found.write_text(json.dumps(said), encoding="utf-8")
