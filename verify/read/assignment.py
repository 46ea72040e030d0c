"""The tables of an assignment: their keys and values, and all mistakes in them, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from verify.read.alphabet import SYNONYMS
from verify.read.conventions import LAYOUTS, Conventions, Layout
from verify.read.errors import AssignmentError, ContextMistake
from verify.read.setting import Declarations, Setting, setting
from verify.read.toml_lines import key_lines

SHARED = ("names", "definitions", "operators", "given", "layout", "sums", "nabla", "norm", "softmax", "prime")
GENERAL = ("title", *SHARED, "question")
# What is asked in a question, its parts, is read where submissions are graded.
QUESTION = ("id", "heading", "begins", "part", *SHARED)

OPERATORS = ("*", r"\cdot", r"\times", r"\circ", r"\odot", r"\otimes", r"\bullet", r"\star", "juxtaposition")
OPERATIONS = ("matrix", "hadamard", "outer", "kronecker")
SUMS, NORMS, SOFTMAXES = ("explicit", "einstein"), ("euclidean", "frobenius"), ("", "rows", "columns")
PRIMES = ("", "transpose")
ANY = "any"

Table = Mapping[str, object]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Assigned:
    """A question: its name, how its headings look, the line that it begins with, and what holds in it."""

    id: str
    heading: re.Pattern[str]
    begins: re.Pattern[str] | None
    setting: Setting = field(compare=False)


class AssignmentReader:
    """Reads the tables of a file, or of a single context; every mistake is kept, and all are raised at the end."""

    def __init__(self, table: Table, path: str, text: str) -> None:
        self.table = table
        self.path = path
        self.lines = key_lines(text)
        self.mistakes: dict[ContextMistake, None] = {}

    def assignment(self) -> tuple[str | None, Setting, list[Assigned]]:
        """The title, what holds everywhere, and the questions; raises :class:`AssignmentError` for mistakes."""
        self._known_keys(self.table, GENERAL, ())
        general = self._setting(None, {}, ())
        questions = [self._question(each, number) for number, each in enumerate(self._questions(), start=1)]
        title = self._text(self.table, "title", ())
        self._refuse()
        return title, general, questions

    def single(self) -> Setting:
        """What the context of a single chain says; raises :class:`AssignmentError` for mistakes."""
        self._known_keys(self.table, SHARED, ())
        general = self._setting(None, {}, ())
        self._refuse()
        return general

    def complain(self, place: Path, says: str) -> None:
        """Keep a mistake."""
        place = tuple(part for part in place if part)
        key = ".".join(f"{part!r}" if re.search(r"[^\w-]", part) else part for part in place)
        found = [self.lines[place[:length]] for length in range(len(place), 0, -1) if place[:length] in self.lines]
        self.mistakes[ContextMistake(key, found[0] if found else None, says)] = None

    def _refuse(self) -> None:
        if self.mistakes:
            ordered = sorted(self.mistakes, key=lambda mistake: (mistake.line or 0, mistake.key))
            raise AssignmentError(self.path, tuple(ordered))

    # ---------------------------------------------------------------- questions

    def _questions(self) -> list[Table]:
        given = self.table.get("question", [])
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            self.complain(("question",), "expected tables, each under [[question]]")
            return []
        return given

    def _question(self, table: Table, number: int) -> Assigned:
        place = ("question", str(number))
        self._known_keys(table, QUESTION, place)
        name = self._text(table, "id", place)
        heading = self._text(table, "heading", place)
        begins = self._text(table, "begins", place)
        if name is None and heading is None and begins is None:
            self.complain(place, "a question needs an id")
        name = name or str(number)
        start = r"(?<![\w.])" if name[:1].isalpha() else r"(?<![\d.])"
        usual = rf"{start}{re.escape(name)}(?!\d|\.\d)"
        pattern = self._pattern(heading, (*place, "heading")) if heading is not None else re.compile(usual)
        begin = None if begins is None else self._pattern(begins, (*place, "begins"))
        return Assigned(name, pattern, begin, self._setting(name, table, place))

    def _pattern(self, text: str, place: Path) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            self.complain(place, f"{text!r} is no regular expression: {error}")
            return re.compile(r"(?!)")

    # ---------------------------------------------------------------- what holds

    def _setting(self, question: str | None, table: Table, place: Path) -> Setting:
        names, definitions = (
            {**self._texts(self.table, key, ()), **self._texts(table, key, place)} for key in SHARED[:2]
        )
        given = [*self._list(self.table, "given", ()), *self._list(table, "given", place)]
        layout = self._one_of("layout", (*LAYOUTS, ANY), table, place)
        said = Declarations(names, definitions, given, self._conventions(table, place, layout), layout == ANY)
        return setting(question, said, self._complaint(table, place))

    def _conventions(self, table: Table, place: Path, layout: str) -> Conventions:
        known: Layout = next((each for each in LAYOUTS if each == layout), "mixed")
        nabla = self._text(table, "nabla", place) or self._text(self.table, "nabla", ())
        operators = {**self._operators(self.table, ()), **self._operators(table, place)}
        ways = (("sums", SUMS), ("norm", NORMS), ("softmax", SOFTMAXES), ("prime", PRIMES))
        sums, norm, softmax, prime = (self._one_of(key, allowed, table, place) for key, allowed in ways)
        return Conventions(known, operators, sums, nabla, norm, softmax, prime)

    def _operators(self, table: Table, place: Path) -> dict[str, str]:
        found: dict[str, str] = {}
        for sign, operation in self._texts(table, "operators", place).items():
            known = SYNONYMS.get(sign, sign)
            if known not in OPERATORS:
                self.complain((*place, "operators", sign), f"unknown sign; {nearest(sign, OPERATORS)}")
            elif operation not in OPERATIONS:
                says = f"unknown operation {operation!r}; {nearest(operation, OPERATIONS)}"
                self.complain((*place, "operators", sign), says)
            else:
                found[known] = operation
        return found

    def _one_of(self, key: str, allowed: Sequence[str], table: Table, place: Path) -> str:
        """The word of a key that a question, or else the file, sets; the first that is allowed if neither does."""
        own = self._text(table, key, place)
        text = own if own is not None else self._text(self.table, key, ())
        if text is None or text in allowed:
            return text or allowed[0]
        self.complain((*(place if own is not None else ()), key), f"unknown {key} {text!r}; {nearest(text, allowed)}")
        return allowed[0]

    def _complaint(self, table: Table, place: Path) -> Callable[[tuple[str, str], str], None]:
        def complain(where: tuple[str, str], says: str) -> None:
            own = table.get(where[0])
            inside = where[0] in table and (not isinstance(own, dict | list) or where[1] in own)
            path = (*(place if inside else ()), *where)
            self.complain(path[:-1] if where[0] == "given" else path, says)

        return complain

    # ---------------------------------------------------------------- values

    def _known_keys(self, table: Table, known: Sequence[str], place: Path) -> None:
        for key in table:
            if key not in known:
                self.complain((*place, key), f"unknown key; {nearest(key, known)}")

    def _text(self, table: Table, key: str, place: Path) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        self.complain((*place, key), f"expected a text but got {_described(value)}")
        return None

    def _texts(self, table: Table, key: str, place: Path) -> dict[str, str]:
        value = {} if table.get(key) is None else table[key]
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

    def _list(self, table: Table, key: str, place: Path) -> list[str]:
        value = [] if table.get(key) is None else table[key]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.complain((*place, key), "expected a list of texts")
            return []
        return value


def nearest(word: str, known: Sequence[str]) -> str:
    """The nearest right word, or all of them."""
    near = get_close_matches(word, known, 1, 0.6)
    return f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(known)}"


def _described(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table", str: "a text"}
    return names.get(type(value), "something else")
