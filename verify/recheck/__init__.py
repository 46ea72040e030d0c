"""A second judge: certificates decided again by a program of its own, which imports nothing of the prover."""

from verify.recheck.form import Malformed
from verify.recheck.judge import recheck
from verify.recheck.outcome import Outcome

__all__ = ["Malformed", "Outcome", "recheck"]
