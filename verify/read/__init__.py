"""Documents to displays to syntax to links, given what their names mean."""

from verify.read.context import Context, load_context, read_context
from verify.read.errors import AssignmentError, ContextMistake, ReadError
from verify.read.judge import judge, judge_step
from verify.read.read import decode, read
from verify.read.step import Document, Repair, Step

__all__ = [
    "AssignmentError",
    "Context",
    "ContextMistake",
    "Document",
    "ReadError",
    "Repair",
    "Step",
    "decode",
    "judge",
    "judge_step",
    "load_context",
    "read",
    "read_context",
]
