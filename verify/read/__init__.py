"""Documents to displays to syntax to links, given what their names mean."""

from verify.read.context import Context, context_of, load_context, read_context
from verify.read.errors import AssignmentError, ContextMistake, ReadError
from verify.read.judge import judge, judge_step
from verify.read.layouts import judged
from verify.read.read import decode, read, read_chain
from verify.read.step import Document, Repair, Step

__all__ = [
    "AssignmentError",
    "Context",
    "ContextMistake",
    "Document",
    "ReadError",
    "Repair",
    "Step",
    "context_of",
    "decode",
    "judge",
    "judge_step",
    "judged",
    "load_context",
    "read",
    "read_chain",
    "read_context",
]
