"""The file of an assignment: what the names of a write-up mean, question by question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from verify.read.assignment import Assigned, AssignmentReader, Table
from verify.read.conventions import Layout
from verify.read.errors import AssignmentError, ContextMistake
from verify.read.scope import Scope
from verify.read.setting import Setting


@dataclass(frozen=True)
class Question:
    """A question: how its headings look, or the line that it begins with, and what holds in it."""

    assigned: Assigned

    @property
    def setting(self) -> Setting:
        """What holds in it."""
        return self.assigned.setting

    def matches(self, above: Sequence[str], here: str) -> int:
        """How much of a heading, or of the path to it, this question matches; nothing if it is another's."""
        whole = " / ".join((*above, here))
        found = self.assigned.heading.search(here)
        if found is None:
            found = self.assigned.heading.search(whole)
            if found is None or found.end() <= len(whole) - len(here):
                return 0
        return max(1, found.end() - found.start())

    def starts_at(self, line: str) -> bool:
        """Whether it begins at a line of text."""
        begins = self.assigned.begins
        return begins is not None and begins.search(line) is not None


@dataclass(frozen=True)
class Context:
    """What an assignment says of names; without one, the usual functions alone are known."""

    path: str | None = None
    title: str | None = None
    general: Setting = field(default_factory=lambda: Setting(None, Scope(), ()))
    questions: tuple[Question, ...] = ()

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What holds everywhere, and in each question."""
        return (self.general, *(question.setting for question in self.questions))

    def in_layout(self, layout: Layout) -> Context:
        """The context with all derivatives laid out in one way."""
        return self._with({setting.question: layout for setting in self.settings})

    def in_layouts(self, chosen: Mapping[str | None, Layout]) -> Context:
        """The context with a layout for each question that leaves it open."""
        return self._with(
            {each.question: chosen.get(each.question, "mixed") for each in self.settings if each.any_layout}
        )

    def _with(self, layouts: Mapping[str | None, Layout]) -> Context:
        def turned(setting: Setting) -> Setting:
            return setting.in_layout(layouts.get(setting.question, setting.layout))

        questions = [Question(replace(each.assigned, setting=turned(each.setting))) for each in self.questions]
        return replace(self, general=turned(self.general), questions=tuple(questions))

    def for_question(self, path: Sequence[str]) -> Setting:
        """What holds under a path of headings, the outermost first: the most particular question wins."""
        for depth in range(len(path), 0, -1):
            above, here = path[: depth - 1], path[depth - 1]
            found = [(question.matches(above, here), question) for question in self.questions]
            longest = max((length for length, _ in found), default=0)
            if longest:
                return next(question.setting for length, question in found if length == longest)
        return self.general

    def beginning_at(self, line: str) -> Setting | None:
        """The question that a line of text begins, if it begins one."""
        for question in self.questions:
            if question.starts_at(line):
                return question.setting
        return None


def load_context(path: str | Path | None) -> Context:
    """Read the file of an assignment; without one, only the usual functions are known.

    Raises :class:`AssignmentError` with all that is wrong in it, and :class:`OSError` if it cannot be opened.

    >>> load_context(None).questions
    ()
    """
    if path is None:
        return Context()
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AssignmentError(str(path), (ContextMistake("", line, "this is not UTF-8"),)) from error
    return read_context(text, str(path))


def read_context(text: str, path: str = "the context") -> Context:
    r"""A context from its TOML.

    >>> context = read_context('[names]\nW = "k x d"\nx = "d"')
    >>> context.for_question(["Question 1"]).scope.known[:4]
    ('k', 'd', 'W', 'x')
    >>> read_context('layuot = "mixed"')
    Traceback (most recent call last):
    verify.read.errors.AssignmentError: the context: 1 mistake
      line 1: layuot: unknown key; did you mean 'layout'?
    """
    try:
        table = tomllib.load(BytesIO(text.encode()))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        mistake = ContextMistake("", int(line[1]) if line else None, f"this is not TOML: {error}")
        raise AssignmentError(path, (mistake,)) from error
    reader = AssignmentReader(table, path, text)
    title, general, questions = reader.assignment()
    return Context(path, title, general, tuple(Question(each) for each in questions))


def context_of(table: Table) -> Context:
    r"""The context of a single chain, from a mapping: names, definitions, hypotheses, layout, conventions.

    Raises :class:`AssignmentError` with all that is wrong in it.

    >>> context_of({"names": {"x": "d"}}).general.scope.known[:2]
    ('d', 'x')
    >>> context_of({"naems": {"x": "d"}})
    Traceback (most recent call last):
    verify.read.errors.AssignmentError: the context: 1 mistake
      naems: unknown key; did you mean 'names'?
    """
    return Context(None, None, AssignmentReader(table, "the context", "").single())
