"""Why a link has its verdict, in one sentence."""

import pytest

from verify.language import Misshapen, Stated, Undecided, Unreadable, Verdict, Witness, scalar
from verify.language.verdict import AtLeast, Nonzero, Proved, Refuted, Replay
from verify.report.reason import conditions, reason, why

POINT = Witness((("n", 2),), (("i", 1),), (("x", (("0",), ("1",))),), (("f", (0, -1, 0, 1)),), "1/4", "1/2")
REPLAY = Replay(12, "modular", ("n = 2",))


@pytest.mark.parametrize(
    ("verdict", "kind", "sentence"),
    [
        (Proved("normal form", (AtLeast("n", 2),), REPLAY), None, None),
        (Refuted(POINT), None, "for n = 2, i = 1, x = (0, 1), f(t) = t^3 - t: left 1/4, right 1/2"),
        (Refuted(POINT, "n = 1"), None, f"{POINT}; true if n = 1"),
        (Misshapen("shape", "m x n and n x m", transposed=True), "shape", "m x n and n x m (its transpose would fit)"),
        (Misshapen("unbound-index", "i is not bound here"), "unbound-index", "i is not bound here"),
        (Unreadable(1, 2, "a = (", "not closed", ")", ("a",)), None, "not closed; expected ); known here: a"),
        (Unreadable(1, 2, "a = (", "not closed"), None, "not closed"),
        (Undecided("no-proof", "no rule", "x - y"), "no-proof", "no rule; what is left: x - y"),
        (Undecided("budget", "gave up after 9 steps"), "budget", "gave up after 9 steps"),
        (Stated("y"), None, "y"),
    ],
)
def test_reason_and_why(verdict: Verdict, kind: str | None, sentence: str | None) -> None:
    assert (reason(verdict), why(verdict)) == (kind, sentence)


def test_only_a_proof_has_conditions() -> None:
    z = scalar("z")
    assert conditions(Proved("normal form", (Nonzero(z), AtLeast("n", 2)), REPLAY)) == (r"z \ne 0", r"n \ge 2")
    assert conditions(Refuted(POINT)) == ()
