"""Batches: the same bytes however they are run, and nothing lost when a process is killed or the disk is full."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.grade.test_marks import AFFINE, ASSIGNMENT, GRADIENT
from verify.grade import deciding
from verify.grade.assignment import read_assignment
from verify.grade.batch import Batch, Limits
from verify.grade.grade import Text, grade
from verify.grade.once import Lost, Once
from verify.grade.overrides import NOTHING, read_overrides
from verify.grade.pool import Pool
from verify.grade.store import StoreError, write
from verify.grade.submissions import submissions
from verify.language import Link, Verdict
from verify.read.judge import decided

ANSWERS = [r"\delta x^T", r"-\delta x^T", r"x \delta^T", r"2 \delta x^T", r"\heartsuit", GRADIENT, r"\delta (x^T)"]


def folder(path: Path, many: int) -> Path:
    path.mkdir()
    for number in range(many):
        answer = ANSWERS[number % len(ANSWERS)]
        text = f"# 1\n$${GRADIENT} = {answer}$$\n# 2\n$$(a+1)^2 = (a+1)(a+1) = a^2 + {number % 4}a + 1$$\n"
        (path / f"s{number:04}.md").write_text(text)
    return path


def batch(where: Path, output: Path, **changes: Any) -> Batch:
    found = Batch(read_assignment(AFFINE, "hw.toml"), submissions([str(where)]), output, NOTHING)
    return replace(found, **changes)


def bytes_of(output: Path) -> dict[str, bytes]:
    return {str(each.relative_to(output)): each.read_bytes() for each in sorted(output.rglob("*")) if each.is_file()}


def test_the_same_bytes_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    where = folder(tmp_path / "in", 24)
    for jobs in (1, 3):
        batch(where, tmp_path / f"out{jobs}", jobs=jobs).run()
    one = bytes_of(tmp_path / "out1")
    assert one == bytes_of(tmp_path / "out3")
    assert len(one) == 24 * 3 + 2
    assert [each["score"] for each in json.loads(one["grades.json"])["submissions"]][:4] == [1, 0.5, 4, 0]


def test_a_killed_batch_is_resumed_to_the_same_bytes(tmp_path: Path) -> None:
    where = folder(tmp_path / "in", 40)
    (tmp_path / "hw.toml").write_text(AFFINE)
    command = [sys.executable, "-c", "from verify.cli import main; main()", "grade", "hw.toml", "in", "--output"]
    process = subprocess.Popen([*command, "out"], cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while process.poll() is None and len(list((tmp_path / "out").rglob("grade.json"))) < 9:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len(list((tmp_path / "out").rglob("grade.json")))
    assert done >= 9
    subprocess.run([*command, "out", "--resume"], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run([*command, "whole"], cwd=tmp_path, check=True, capture_output=True)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")
    assert where.is_dir()


def test_ctrl_c_leaves_what_is_done(tmp_path: Path) -> None:
    folder(tmp_path / "in", 400)
    (tmp_path / "hw.toml").write_text(AFFINE)
    command = [sys.executable, "-c", "from verify.cli import main; main()", "grade", "hw.toml", "in", "--output", "out"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while process.poll() is None and len(list((tmp_path / "out").rglob("grade.json"))) < 5:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    done = json.loads((tmp_path / "out" / "grades.json").read_text())["submissions"]
    assert 5 <= len(done) < 400


def test_resume_does_only_what_is_left(tmp_path: Path) -> None:
    where = folder(tmp_path / "in", 6)
    batch(where, tmp_path / "out").run()
    before = bytes_of(tmp_path / "out")
    (where / "s0003.md").write_text(f"# 1\n$${GRADIENT} = \\delta x^T$$")
    again = batch(where, tmp_path / "out", resume=True)
    again.run()
    assert again.skipped == 5
    changed = {name for name, text in bytes_of(tmp_path / "out").items() if text != before[name]}
    assert {each for each in changed if "s0003" not in each} == {"grades.json"}
    assert str(again.moves[0]).startswith("s0003, 1a: 0 of 2 -> 1 of 2: it was decided anew: right")


def test_regrading_says_whose_marks_moved(tmp_path: Path) -> None:
    where = folder(tmp_path / "in", 3)
    batch(where, tmp_path / "out").run()
    dearer = read_assignment(AFFINE.replace("sign = 0.5", "sign = 1"), "hw.toml")
    again = batch(where, tmp_path / "out", assignment=dearer)
    again.run()
    assert [(each.submission, each.part, each.before, each.after) for each in again.moves] == [
        ("s0001", "1a", "0.5 of 2", "0 of 2")
    ]
    assert again.moves[0].why.startswith("the assignment changed: wrong")


def test_a_person_decides_and_it_is_kept(tmp_path: Path) -> None:
    where = folder(tmp_path / "in", 12)
    batch(where, tmp_path / "out").run()
    graded = json.loads((tmp_path / "out" / "submissions" / "s0004" / "grade.json").read_text())
    key = graded["links"][0]["key"]
    text = f'[[override]]\nlink = "{key}"\nverdict = "proved"\nreason = "a heart"\n'
    text += '[[override]]\nsubmission = "s0000"\npart = "2a"\nmark = 3\nreason = "neat"\n'
    for _ in range(2):
        batch(where, tmp_path / "out", overrides=read_overrides(text)).run()
        scores = {}
        for name in ("s0004", "s0011", "s0000"):
            record = json.loads((tmp_path / "out" / "submissions" / name / "grade.json").read_text())
            scores[name] = [(part["score"], part["pending"], part["override"]) for part in record["parts"]]
        assert scores["s0004"][0][:2] == scores["s0011"][0][:2] == (1, 0)
        assert scores["s0000"][1] == (3, 0, "A person decided: neat")


# ---------------------------------------------------------------- processes that hang, grow or die


def hangs(question: str, once: Once) -> str:
    def find() -> str:
        if question == "hangs":
            time.sleep(600)
        if question == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if question == "grows":
            return "x" * (1 << 40)
        return question.upper()

    return str(once(question, find))


def test_a_process_that_hangs_grows_or_dies_costs_one_question() -> None:
    pool: Pool[str, str] = Pool(hangs, 2, seconds=1.0, most=5.0, megabytes=2000)
    found = dict(pool.answers(["a", "hangs", "b", "dies", "c", "grows", "d"], lambda *_: None))
    assert [found[each] for each in "abcd"] == list("ABCD")
    said = {name: each.says for name, each in found.items() if isinstance(each, Lost)}
    assert said == {
        "hangs": "it took more than 1 seconds",
        "dies": "the process that worked on it ended with code -9",
        "grows": "it took more than 2000 MB",
    }
    assert all(each.doing == name for name, each in found.items() if isinstance(each, Lost))


def slowly(question: tuple[str, str], once: Once) -> str:
    name, log = question

    def find() -> str:
        with Path(log).open("a") as file:
            file.write(f"{name}\n")
        time.sleep(0.2)
        if name == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        return name.upper()

    found = once(name, find)
    return f"lost: {found.says}" if isinstance(found, Lost) else found


def test_what_several_processes_need_is_found_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    names = ["a", "a", "dies", "dies", "a", "b", "dies", "b", "b", "c"]
    pool: Pool[tuple[str, str], str] = Pool(slowly, 3, seconds=5.0, most=20.0, megabytes=2000)
    found = [answer for _, answer in pool.answers([(name, str(log)) for name in names], lambda asked, _: asked)]
    says = "lost: the process that worked on it ended with code -9"
    assert sorted(map(str, found)) == ["A", "A", "A", "B", "B", "B", "C", says, says, says]
    assert sorted(log.read_text().split()) == ["a", "b", "c", "dies"]


def test_each_link_is_decided_once_whatever_the_number_of_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where, log = folder(tmp_path / "in", 24), tmp_path / "log"

    def noted(link: Link) -> Verdict:
        with log.open("a") as file:
            file.write(f"{deciding.name_of(link)}\n")
        return decided(link)

    monkeypatch.setattr(deciding, "decided", noted)
    batch(where, tmp_path / "out", jobs=3).run()
    names = log.read_text().split()
    assert len(names) == len(set(names)) > 5


def test_verdicts_go_from_one_process_to_another_as_they_are() -> None:
    for text in ("(a+1)^2 = a^2 + 3a + 1", "(a+1)^2 = a^2 + 2a + 1", "a = \\frac{1}{a - a}", "a = (x, y)"):
        for line in grade(ASSIGNMENT, [Text("a.md", f"# 2\n$${text}$$")]).lines:
            verdict = line.judgment.verdict
            first, second = multiprocessing.Pipe()
            first.send(verdict)
            assert second.recv() == verdict


def test_processes_end_when_the_one_that_asks_was_killed(tmp_path: Path) -> None:
    script = (
        "import time\nfrom verify.grade.pool import Pool\n"
        "def ask(question, once):\n    open(question, 'w').close()\n    time.sleep(600)\n"
        f"list(Pool(ask, 1, seconds=500, most=500, megabytes=2000).answers([{str(tmp_path / 'begun')!r}], None))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script])
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        pytest.skip("it cannot be seen here which processes there are")
    while not (tmp_path / "begun").exists():
        time.sleep(0.05)
    (child,) = children.read_text().split()
    process.kill()
    process.wait()
    waited = time.monotonic() + 20
    while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
        assert time.monotonic() < waited
        time.sleep(0.1)


def test_a_link_that_runs_for_ever_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = folder(tmp_path / "in", 2)

    def endless(link: Link) -> Verdict:
        if "3 a" in str(link.right):
            time.sleep(600)
        return decided(link)

    monkeypatch.setattr(deciding, "decided", endless)
    text = "# 2\n$$(a+1)^2 = a^2 + 3a + 1$$ $$a + a = 2a$$"
    for name in ("s0002.md", "s0003.md", "s0004.md"):
        (where / name).write_text(text)
    again = batch(where, tmp_path / "out", limits=Limits(1.0, 30.0, 4000), jobs=2)
    start = time.monotonic()
    again.run()
    assert time.monotonic() - start < 20
    assert len(again.killed) == 2, "the step, and the answer beside the right one: each once, for three submissions"
    record = json.loads((tmp_path / "out" / "submissions" / "s0002" / "grade.json").read_text())
    assert [(each["link"]["verdict"], each["link"]["reason"]) for each in record["links"]] == [
        ("undecided", "killed"),
        ("proved", None),
    ]
    assert record["killed"] >= 1
    assert again.killed
    assert [part["pending"] for part in record["parts"]] == [0, 4]
    monkeypatch.undo()
    after = batch(where, tmp_path / "out", resume=True)
    after.run()
    assert after.skipped == 2
    for name in ("s0003", "s0004"):
        text = (tmp_path / "out" / "submissions" / name / "grade.json").read_text()
        assert json.loads(text)["killed"] == 0
    record = json.loads((tmp_path / "out" / "submissions" / "s0002" / "grade.json").read_text())
    assert record["killed"] == 0
    assert [part["pending"] for part in record["parts"]] == [0, 0]


def test_a_full_disk_is_one_clear_error(tmp_path: Path) -> None:
    folder(tmp_path / "in", 8)
    (tmp_path / "hw.toml").write_text(AFFINE)
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000));from verify.cli import main; main()"
    )
    command = [sys.executable, "-c", script, "grade", "hw.toml", "in", "--output", "out"]
    # Measuring coverage would write a file of its own, which is too large, too.
    plain = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    done = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    errors = [line for line in done.stderr.splitlines() if "graded" not in line]
    assert len(errors) == 1
    assert "File too large; what was written before stands" in errors[0]
    assert not list((tmp_path / "out").rglob(".*.part"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "grade.json"
    write(path, "before")
    (tmp_path / ".grade.json.part").symlink_to("/dev/full")
    with pytest.raises(StoreError, match="No space left on device"):
        write(path, "after" * 10_000)
    assert path.read_text() == "before"
