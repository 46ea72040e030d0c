"""The file of an assignment: what the names of a write-up mean, question by question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

from verify.read.differential import LAYOUTS, Layout
from verify.read.errors import AssignmentError, ContextMistake
from verify.read.scope import Scope
from verify.read.setting import Declarations, Setting, setting
from verify.read.toml_lines import key_lines

SHARED = ("names", "definitions", "given", "layout")
GENERAL = ("title", *SHARED, "question")
QUESTION = ("id", "heading", "begins", *SHARED)
NOT_YET = frozenset({"operators", "sums", "nabla", "norm", "macros"})

Table = Mapping[str, object]


@dataclass(frozen=True)
class Question:
    """A question: how its headings look, or the line that it begins with, and what holds in it."""

    id: str
    heading: re.Pattern[str]
    begins: re.Pattern[str] | None
    setting: Setting

    def matches(self, above: Sequence[str], here: str) -> int:
        """How much of a heading, or of the path to it, this question matches; nothing if it is another's."""
        whole = " / ".join((*above, here))
        found = self.heading.search(here)
        if found is None:
            found = self.heading.search(whole)
            if found is None or found.end() <= len(whole) - len(here):
                return 0
        return max(1, found.end() - found.start())


@dataclass(frozen=True)
class Context:
    """What an assignment says of names; without one, the usual functions alone are known."""

    path: str | None = None
    title: str | None = None
    general: Setting = field(default_factory=lambda: Setting(None, Scope(), "mixed", ()))
    questions: tuple[Question, ...] = ()

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
            if question.begins is not None and question.begins.search(line):
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
    return _Reader(table, path, text).context()


class _Reader:
    def __init__(self, table: Table, path: str, text: str) -> None:
        self.table = table
        self.path = path
        self.lines = key_lines(text)
        self.mistakes: dict[ContextMistake, None] = {}

    def complain(self, place: tuple[str, ...], says: str) -> None:
        key = ".".join(f"{part!r}" if re.search(r"[^\w-]", part) else part for part in place)
        found = [self.lines[place[:length]] for length in range(len(place), 0, -1) if place[:length] in self.lines]
        self.mistakes[ContextMistake(key, found[0] if found else None, says)] = None

    def context(self) -> Context:
        self._known_keys(self.table, GENERAL, ())
        general = self._setting(None, {}, ())
        questions = [self._question(each, number) for number, each in enumerate(self._questions(), start=1)]
        title = self._text(self.table, "title", ())
        if self.mistakes:
            ordered = sorted(self.mistakes, key=lambda mistake: (mistake.line or 0, mistake.key))
            raise AssignmentError(self.path, tuple(ordered))
        return Context(self.path, title, general, tuple(questions))

    def _questions(self) -> list[Table]:
        given = self.table.get("question", [])
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            self.complain(("question",), "expected tables, each under [[question]]")
            return []
        return given

    def _question(self, table: Table, number: int) -> Question:
        place = ("question", str(number))
        self._known_keys(table, QUESTION, place)
        name = self._text(table, "id", place)
        heading = self._text(table, "heading", place)
        if name is None and heading is None:
            self.complain(place, "a question needs an id")
        name = name or str(number)
        start = r"(?<![\w.])" if name[:1].isalpha() else r"(?<![\d.])"
        usual = rf"{start}{re.escape(name)}(?!\d|\.\d)"
        pattern = self._pattern(heading, (*place, "heading")) if heading is not None else re.compile(usual)
        begins = self._text(table, "begins", place)
        begin = None if begins is None else self._pattern(begins, (*place, "begins"))
        return Question(name, pattern, begin, self._setting(name, table, place))

    def _pattern(self, text: str, place: tuple[str, ...]) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            self.complain(place, f"{text!r} is no regular expression: {error}")
            return re.compile(r"(?!)")

    def _setting(self, question: str | None, table: Table, place: tuple[str, ...]) -> Setting:
        names, definitions = (
            {**self._texts(self.table, key, ()), **self._texts(table, key, place)} for key in SHARED[:2]
        )
        given = [*self._list(self.table, "given", ()), *self._list(table, "given", place)]
        return setting(
            question, self._layout(table, place), Declarations(names, definitions, given), self._complaint(table, place)
        )

    def _complaint(self, table: Table, place: tuple[str, ...]) -> Callable[[tuple[str, str], str], None]:
        def complain(where: tuple[str, str], says: str) -> None:
            own = table.get(where[0])
            inside = isinstance(own, dict | list) and where[1] in own
            path = (*(place if inside else ()), *where)
            self.complain(path[:-1] if where[0] == "given" else path, says)

        return complain

    def _layout(self, table: Table, place: tuple[str, ...]) -> Layout:
        own = self._text(table, "layout", place)
        text = own if own is not None else self._text(self.table, "layout", ())
        for layout in LAYOUTS:
            if text in (layout, None):
                return layout
        says = f"unknown layout {text!r}; {_nearest(str(text), LAYOUTS)}"
        self.complain((*(place if own is not None else ()), "layout"), says)
        return "mixed"

    def _known_keys(self, table: Table, known: Sequence[str], place: tuple[str, ...]) -> None:
        for key in table:
            if key in NOT_YET:
                self.complain((*place, key), "not supported yet")
            elif key not in known:
                self.complain((*place, key), f"unknown key; {_nearest(key, known)}")

    def _text(self, table: Table, key: str, place: tuple[str, ...]) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        self.complain((*place, key), f"expected a text but got {_described(value)}")
        return None

    def _texts(self, table: Table, key: str, place: tuple[str, ...]) -> dict[str, str]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            self.complain((*place, key), f"expected a table but got {_described(value)}")
            return {}
        found: dict[str, str] = {}
        for name, text in value.items():
            if isinstance(text, str):
                found[name] = text
            else:
                self.complain((*place, key, name), f"expected a text but got {_described(text)}")
        return found

    def _list(self, table: Table, key: str, place: tuple[str, ...]) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.complain((*place, key), "expected a list of texts")
            return []
        return value


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, 1, 0.6)
    return f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(known)}"


def _described(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table", str: "a text"}
    return names.get(type(value), "something else")
