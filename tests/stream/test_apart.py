"""Work done apart: a thing that ends its process costs itself only, and elsewhere it is known how far the work came."""

import ctypes
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from verify.stream.apart import Apart, Ended, apart
from verify.stream.shared import LONGEST_PLACE, Shared
from verify.stream.worker import Lost

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be doubled here")


def hang() -> int:
    while True:
        pass


def sleep() -> int:
    """Unlike a loop in Python, this is not ended by a signal that Python would handle."""
    time.sleep(1000)
    return 0


def grow() -> int:
    return len(bytearray(10**12))


def crash() -> int:
    faulthandler.disable()
    ctypes.string_at(0)
    return 0


def divide() -> int:
    return 1 // 0


def recurse() -> int:
    return 1 + recurse()


def leave() -> int:
    os._exit(3)


def die() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


ENDS = [
    (hang, True, "it took more than 0.5 seconds"),
    (grow, True, "it took more than 3000 MB"),
    (die, True, "it was killed, as happens where memory is short"),
    (crash, False, f"the process that worked on it ended with code -{signal.SIGSEGV.value}"),
    (divide, False, "the process that worked on it ended with code 1"),
    (recurse, False, "the process that worked on it ended with code 1"),
    (leave, False, "the process that worked on it ended with code 3"),
]


@pytest.mark.parametrize(("look", "killed", "says"), [*ENDS, (sleep, True, "it took more than 0.5 seconds")])
def test_one_thing_is_lost_and_no_other(look: Callable[[], int], killed: bool, says: str) -> None:
    def work(process: Apart) -> object:
        found = [process.find(at, look if at == 2 else partial(int, at)) for at in range(5)]
        return [repr(each) for each in found], process.broken

    assert apart(work, seconds=0.5, megabytes=3000) == [["0", "1", repr(Lost(killed, says)), "3", "4"], not killed]


@pytest.mark.parametrize(("step", "killed", "says"), ENDS)
def test_where_the_work_itself_ends_it_is_known_how_far_it_came(
    step: Callable[[], int], killed: bool, says: str
) -> None:
    def work(process: Apart) -> object:
        process.comes_to("page 1")
        process.find(1, lambda: 1)
        process.comes_to("page 2")
        return step()

    assert apart(work, seconds=0.5, megabytes=3000) == Ended("page 2", Lost(killed, says))


def test_time_is_counted_for_each_part_and_not_for_what_is_found() -> None:
    """Six parts and six things of 0.3 seconds each, with 1.5 seconds for each of them."""

    def busy() -> int:
        end = time.process_time() + 0.3
        while time.process_time() < end:
            pass
        return 1

    def work(process: Apart) -> object:
        total = 0
        for page in range(6):
            process.comes_to(f"page {page}")
            total += busy() + int(str(process.find(page, busy)))
        return total

    assert apart(work, seconds=1.5) == 12


def test_a_part_may_have_all_the_time() -> None:
    def work(process: Apart) -> object:
        process.comes_to("the last page", limited=False)
        end = time.process_time() + 0.5
        while time.process_time() < end:
            pass
        return "done"

    assert apart(work, seconds=0.2) == "done"


def test_an_error_of_ours_shows_its_traceback_once(capfd: pytest.CaptureFixture[str]) -> None:
    apart(lambda process: [str(process.find(at, divide if at == 1 else int)) for at in range(3)])
    assert capfd.readouterr().err.count("ZeroDivisionError") == 1


def test_what_was_found_or_lost_is_not_tried_again() -> None:
    tried = Shared()

    def look(at: int) -> int:
        tried.come_to(tried.place + str(at))
        return hang() if at in (1, 3) else at

    apart(lambda process: [str(process.find(at, partial(look, at))) for at in range(5)], seconds=0.2)
    assert tried.place == "01234"


def test_things_are_found_in_another_process() -> None:
    found = apart(lambda process: [process.find(at, os.getpid) for at in range(3)])
    assert isinstance(found, list)
    assert len(set(found)) == 1
    assert os.getpid() not in found


def collatz(number: int) -> int:
    return number // 2 if number % 2 == 0 else 3 * number + 1


def test_what_is_done_between_may_depend_on_what_was_found() -> None:
    """The numbers of Collatz from 27 to 1: 111 steps; the process dies at the fiftieth, and what it lost is found."""

    def work(process: Apart) -> object:
        number, steps = 27, 0
        while number != 1:
            found = process.find(number, partial(collatz, number))
            assert isinstance(found, int)
            number, steps = found, steps + 1
            if steps == 50:
                process.find("the fiftieth", die)
        return steps

    assert apart(work) == 111


def test_more_is_handed_over_than_a_pipe_holds() -> None:
    found = apart(lambda process: [process.find(at, lambda: "x" * 300_000) for at in range(5)])
    assert found == ["x" * 300_000] * 5


def test_each_thing_is_told_of_at_once() -> None:
    told: list[float] = []
    apart(
        lambda process: [process.find(at, partial(time.sleep, 0.2)) for at in range(2)],
        lambda: told.append(time.monotonic()),
    )
    first, second = told
    assert second - first > 0.15


def test_nothing_is_left_behind() -> None:
    apart(lambda process: [str(process.find(at, hang if at == 1 else int)) for at in range(3)], seconds=0.2)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_interruption_ends_the_process() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart(lambda process: [process.find(1, int), process.find(2, sleep)], interrupt)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_without_another_process_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError("no process more")

    def work(process: Apart) -> object:
        process.comes_to("page 1")
        return process.find(1, os.getpid)

    monkeypatch.setattr(os, "fork", refuse)
    assert apart(work) == os.getpid()


def test_what_is_done_again_must_be_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    def work(process: Apart) -> object:
        process.find(f"asked by {os.getpid()}", int)
        return process.find("the second", die)

    ended = apart(work)
    assert ended == Ended("", Lost(False, "the process that worked on it ended with code 1"))
    assert "AssertionError: what is done again is the same" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_was_limited_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (1500 << 20, -1))
    assert apart(lambda _: grow()) == Ended("", Lost(True, "it took more than 1500 MB"))


def test_a_long_place_is_cut() -> None:
    shared = Shared()
    shared.come_to("é" * LONGEST_PLACE)
    assert shared.place == "é" * (LONGEST_PLACE // 2)
    shared.come_to("short")
    assert (shared.place, shared.finding) == ("short", 0)
