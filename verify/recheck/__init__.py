"""A second judge: certificates decided again by a program of its own, which imports nothing of the prover."""

from verify.recheck.judge import Outcome, recheck

__all__ = ["Outcome", "recheck"]
