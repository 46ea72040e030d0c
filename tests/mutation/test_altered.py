"""The tally of alterations: a killed one, one known to change nothing, one that survives, one that was not run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutation import altered
from tests.mutation.altered import tally
from tests.mutation.subjects import ROOT, SUBJECTS, Subject, copied

SOURCE = """
def x_double__mutmut_orig(number):
    result = number + number
    return result

def x_double__mutmut_1(number):
    result = number - number
    return result

def x_double__mutmut_2(number):
    result = number * 2
    return result

class Thing:
    def xǁThingǁpairs__mutmut_orig(self, one, other):
        return zip(one, other, strict=True)

    def xǁThingǁpairs__mutmut_1(self, one, other):
        return zip(one, other, strict=False)

    def xǁThingǁpairs__mutmut_2(self, one, other):
        return zip(other, one, strict=True)
"""
SUBJECT = Subject("thing", ("verify/thing.py",), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mutated = tmp_path / "mutants" / "verify" / "thing.py"
    mutated.parent.mkdir(parents=True)
    mutated.write_text(SOURCE, encoding="utf-8")
    return tmp_path


def found(folder: Path, **codes: int | None) -> altered.Tally:
    """The tally where pytest ended with these codes."""
    names = {"first": "x_double__mutmut_1", "second": "x_double__mutmut_2", "third": "xǁThingǁpairs__mutmut_1"}
    names["fourth"] = "xǁThingǁpairs__mutmut_2"
    record = {"exit_code_by_key": {f"verify.thing.{names[name]}": code for name, code in codes.items()}}
    (folder / "mutants" / "verify" / "thing.py.meta").write_text(json.dumps(record), encoding="utf-8")
    return tally(SUBJECT, folder)


def test_what_a_test_notices_is_killed(folder: Path) -> None:
    counted = found(folder, first=1, second=3, fourth=36)
    assert (counted.total, counted.killed, len(counted.timed_out), counted.surviving) == (3, 2, 1, ())
    assert "thing: 3 mutants, 3 killed (1 by time), 0 equivalent, 0 surviving, 0 not run: 100.0 %" in counted.report()


def test_what_none_notices_survives_and_is_shown(folder: Path) -> None:
    counted = found(folder, first=0, second=33, fourth=1)
    assert [each.function for each in counted.surviving] == ["verify.thing.double"] * 2
    assert "    - result = number + number\n    + result = number - number\n" in counted.report()
    assert "1 killed (0 by time), 0 equivalent, 2 surviving, 0 not run: 33.3 %" in counted.report()


def test_what_is_known_to_change_nothing_does_not_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = ("verify.thing.double", "result = number + number", "result = number * 2")
    monkeypatch.setattr(altered, "_equivalent", lambda: iter([known]))
    counted = found(folder, first=0, second=0, fourth=1)
    assert [each.name for each in counted.equivalent] == ["verify.thing.x_double__mutmut_2"]
    assert [each.name for each in counted.surviving] == ["verify.thing.x_double__mutmut_1"]
    assert "50.0 %" in counted.report()


def test_an_assertion_that_lengths_are_the_same_changes_nothing(folder: Path) -> None:
    counted = found(folder, third=0, fourth=0)
    assert [each.function for each in counted.equivalent] == ["verify.thing.Thing.pairs"]
    assert [each.name for each in counted.surviving] == ["verify.thing.xǁThingǁpairs__mutmut_2"]


def test_what_was_not_run_is_not_counted_as_killed(folder: Path) -> None:
    counted = found(folder, first=None, second=1)
    assert (counted.unchecked, counted.killed, counted.surviving) == (1, 1, ())


def test_the_modules_and_tests_of_all_subjects_exist() -> None:
    for subject in SUBJECTS.values():
        assert subject.modules, f"no file is what {subject.name} names"
        for path in (*subject.modules, *subject.tests, *subject.further):
            assert (ROOT / path.partition("::")[0]).is_file(), path


def test_a_copy_is_told_what_to_alter_and_survivors_are_tried_again(tmp_path: Path) -> None:
    subject = Subject("cutoff", ("verify/kernel/cutoff.py",), ("tests/kernel/test_cutoff.py",))
    meta = tmp_path / "mutants" / "verify" / "kernel" / "cutoff.py.meta"
    meta.parent.mkdir(parents=True)
    meta.write_text(json.dumps({"exit_code_by_key": {"killed": 1, "survived": 0, "slow": 36}}), encoding="utf-8")
    called = tmp_path / "mutants" / "mutmut-stats.json"
    called.write_text("{}", encoding="utf-8")
    copied(subject, tmp_path)
    assert not called.exists(), "what each test calls is found anew"
    assert (tmp_path / "verify" / "kernel" / "cutoff.py").is_file()
    assert 'only_mutate = ["verify/kernel/cutoff.py"]' in (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    assert codes == {"killed": 1, "survived": None, "slow": None}


def test_every_equivalent_alteration_has_a_reason() -> None:
    import tomllib

    said = tomllib.loads((ROOT / "tests" / "mutation" / "equivalent.toml").read_text(encoding="utf-8"))
    for group in said["equivalent"]:
        assert group["why"].endswith(".")
        assert all(len(lines) == 2 and lines[0] != lines[1] for lines in group["lines"])
