"""The process that runs ahead: it costs one thing where it hangs, grows or dies, and never the rest."""

import ctypes
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from verify.stream.ahead import Ahead, ahead
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


@pytest.mark.parametrize(
    ("look", "killed", "says"),
    [
        (hang, True, "it took more than 0.5 seconds"),
        (sleep, True, "it took more than 0.5 seconds"),
        (grow, True, "it took more than 3000 MB"),
        (die, True, "it was killed, as happens where memory is short"),
        (crash, False, f"the process that worked on it ended with code -{signal.SIGSEGV.value}"),
        (divide, False, "the process that worked on it ended with code 1"),
        (recurse, False, "the process that worked on it ended with code 1"),
        (leave, False, "the process that worked on it ended with code 3"),
    ],
)
def test_one_thing_is_lost_and_no_other(look: Callable[[], int], killed: bool, says: str) -> None:
    with ahead(0.5, 3000) as process:
        found = [process.find(at, partial(look) if at == 2 else partial(int, at)) for at in range(5)]
        broken = process.broken
    assert found == [0, 1, Lost(killed, says), 3, 4]
    assert broken is not killed


def test_an_error_of_ours_shows_its_traceback_once(capfd: pytest.CaptureFixture[str]) -> None:
    with ahead() as process:
        process.find("quotient", divide)
        process.find("quotient", divide)
    assert capfd.readouterr().err.count("ZeroDivisionError") == 1


def test_what_was_lost_is_not_tried_again() -> None:
    with ahead(0.5) as process:
        start = time.monotonic()
        first, second = process.find("loop", hang), process.find("loop", hang)
        assert time.monotonic() - start < 0.95
    assert first == second


def test_things_are_found_in_another_process() -> None:
    with ahead() as process:
        numbers = {process.find(at, os.getpid) for at in range(3)}
    assert len(numbers) == 1
    assert os.getpid() not in numbers


def collatz(number: int) -> int:
    return number // 2 if number % 2 == 0 else 3 * number + 1


def many(byte: int) -> bytes:
    return bytes([byte]) * 300_000


def test_what_is_done_between_may_depend_on_what_was_found() -> None:
    """The numbers of Collatz from 27 to 1: 111 steps."""
    number, steps = 27, 0
    with ahead() as process:
        while number != 1:
            found = process.find(number, partial(collatz, number))
            assert isinstance(found, int)
            number, steps = found, steps + 1
    assert steps == 111


def test_more_is_handed_over_than_a_pipe_holds() -> None:
    with ahead() as process:
        found = [process.find(at, partial(many, at)) for at in range(5)]
    assert found == [bytes([at]) * 300_000 for at in range(5)]


def find_and_raise() -> None:
    with ahead() as process:
        process.find(1, lambda: 1)
        raise ValueError("between")


def test_an_error_between_is_raised_here_once(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="between"):
        find_and_raise()
    assert capfd.readouterr().err == ""


def test_nothing_is_left_behind() -> None:
    with ahead(0.3) as process:
        process.find(1, lambda: 1)
        process.find(2, hang)
        process.find(3, lambda: 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_without_another_process_things_are_found_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError("no process more")

    monkeypatch.setattr(os, "fork", refuse)
    with ahead() as process:
        assert process.find(1, os.getpid) == os.getpid()


def mean_another_thing() -> None:
    with ahead() as process:
        process.find(1, lambda: 1)
        process.find(f"asked by {os.getpid()}", lambda: 1)


def test_both_processes_must_mean_the_same() -> None:
    with pytest.raises(AssertionError, match="both processes do the same"):
        mean_another_thing()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_was_limited_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (1500 << 20, -1))
    process = Ahead(1, 4000)
    try:
        found = process.find("memory", lambda: bytearray(10**12))
    finally:
        process.stop()
    assert found == Lost(True, "it took more than 1500 MB")
