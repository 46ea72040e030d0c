"""Chains for programs: a JSON object a line in, a JSON object a line out, whatever happens in between."""

from verify.stream.run import answer_lines

__all__ = ["answer_lines"]
