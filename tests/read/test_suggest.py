"""Other readings of what transcription garbled: bounded, in order, and never in the place of what is written."""

import pytest

from tests.read.reading import CONTEXT, steps
from verify.check import check
from verify.language import Link, Misshapen, Proved, Unreadable
from verify.read.judge import judge_step
from verify.read.suggest import MOST_READINGS

NAMES = CONTEXT.replace('f = "elementwise function"', '\'\\hat y\' = "n"\nv = "n"\nV = "n x n"')


def suggestion(text: str) -> str | None:
    return judge_step(steps(text, NAMES)[-1]).suggestion


@pytest.mark.parametrize(
    ("text", "reading", "why"),
    [
        ("$$2z = z + z$$\n\n$$-3z$$", None, "no reading of it is right"),
        ("$$1 - c = -c + 1$$\n\n$$-1 - c$$", "-c + 1 = 1 - c", "a minus where an equals sign was meant"),
        ("$$2z = z + z$$\n\n$$z \\cdot 2$$", r"z + z = z \cdot 2", "a lost equals sign"),
        (r"$$26(2z) - 1 = \tanh(z)$$", r"2\sigma (2z) - 1 = \tanh(z)", "6 for sigma"),
        (r"$$\tanh(z) = 2o(2z) - 1$$", r"\tanh(z) = 2\sigma (2z) - 1", "o for sigma"),
        (r"$$\tanh(z) = 2\sigma(2z) 1$$", r"\tanh(z) = 2\sigma(2z) - 1", "a lost minus"),
        (
            r"$$\operatorname{softman}(u)_i = \frac{e^{u_i}}{\sum_j e^{u_j}}$$",
            r"\operatorname{softmax}(u)_i = \frac{e^{u_i}}{\sum_j e^{u_j}}",
            "a word",
        ),
        (r"$$\frac{\partial J}{\partial b} = 8$$", r"\frac{\partial J}{\partial b} = \delta", "8 for delta"),
        (r"$$\frac{\partial J}{\partial h} = \delta$$", r"\frac{\partial J}{\partial b} = \delta", "h for b"),
        (
            r"$$\frac{\partial J}{\partial \mathbf{h}} = \delta$$",
            r"\frac{\partial J}{\partial \mathbf{b}} = \delta",
            "bold",
        ),
        ("$$(V u)^T = u^T v^T$$", "(V u)^T = u^T V^T", "a small letter for a capital"),
        (
            r"$$\begin{aligned} 4z &= 3z + z \\ &- 4z \end{aligned}$$",
            "3z + z = 4z",
            "a minus at the beginning of a row",
        ),
        (r"$$\begin{aligned} 4z &= 3z + z \\ &- 5z \end{aligned}$$", None, "that is wrong either way"),
    ],
)
def test_suggestions(text: str, reading: str | None, why: str) -> None:
    assert suggestion(text) == (None if reading is None else f"proved if read as {reading}"), why


def test_what_is_written_keeps_its_own_verdict() -> None:
    (step,) = steps(r"$$\tanh(z) = 2\sigma(2z) 1$$")
    assert (step.right, type(step.meaning)) == (r"2\sigma(2z) 1", Link)
    (garbled,) = steps(r"$$\frac{\partial J}{\partial h} = \delta$$")
    assert isinstance(garbled.meaning, Unreadable)


def test_a_wrong_sign_is_no_slip_of_the_pen() -> None:
    """A student's mistake is not read as something else: only what transcription confuses is."""
    assert suggestion(r"$$\sigma'(z) = -\sigma(z)(1 - \sigma(z))$$") is None


def test_there_are_few_readings() -> None:
    (step,) = steps("$$v + u + v + u + v + u + v + u + v + u + v + u + v + u + v + u = 0$$", NAMES)
    assert len(step.readings) <= MOST_READINGS


def test_a_long_formula_has_none() -> None:
    (step,) = steps(f"$$z + z = {' + '.join('z' * 200)}$$")
    assert step.readings == ()


def test_a_reading_may_fail_to_be_proved() -> None:
    found = steps("$$1 - c = -c + 1$$\n\n$$-1 - c$$")[-1].readings
    assert [isinstance(check(each.link).verdict, Proved) for each in found] == [True, False]


def test_a_stated_or_misshapen_step_offers_readings_too() -> None:
    (step,) = steps(r"$$\frac{\partial J}{\partial x} = w^T \delta$$")
    assert isinstance(step.meaning, Unreadable | Misshapen)
    assert [each.text for each in step.readings] == [r"\frac{\partial J}{\partial x} = W^T \delta"]
