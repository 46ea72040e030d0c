"""The file of an assignment: a context, and the parts that are asked for, with what they are worth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from verify.grade.asked import Asked, asked
from verify.grade.codes import known_codes
from verify.grade.parts import Part, PartReader
from verify.grade.points import ZERO
from verify.language.link import side_text
from verify.read import AssignmentError, Context, ContextMistake, ReadError
from verify.read.assignment import AssignmentReader, nearest
from verify.read.context import Question
from verify.read.notes import Misfit
from verify.read.setting import Setting

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Assignment:
    """What is asked, in order, and the context in which submissions are read."""

    path: str
    text: str
    context: Context
    parts: tuple[Asked, ...]
    prose: tuple[Part, ...]
    order: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its title, or else the name of its file."""
        return self.context.title or Path(self.path).stem

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """All parts in their order."""
        known = {each.id: each for each in (*(each.part for each in self.parts), *self.prose)}
        return tuple(known[name] for name in self.order)

    @property
    def points(self) -> Fraction:
        """What it is worth, bonus parts left out."""
        return sum((each.points for each in self.all_parts if not each.bonus), ZERO)

    @property
    def digest(self) -> str:
        """A short name of its content."""
        return sha256("\0".join((self.text, *(each.part.answer for each in self.parts))).encode()).hexdigest()[:16]

    def setting(self, question: str | None) -> Setting:
        """What holds in a question."""
        return next((each for each in self.context.settings if each.question == question), self.context.general)


def load_assignment(path: str | Path, package: str = "derivations") -> Assignment:
    """Read the file of an assignment.

    Raises :class:`AssignmentError` with all that is wrong in it, and :class:`OSError` if it cannot be opened.
    """
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AssignmentError(str(path), (ContextMistake("", line, "this is not UTF-8"),)) from error
    return read_assignment(text, str(path), package)


def read_assignment(text: str, path: str = "the assignment", package: str = "derivations") -> Assignment:
    r"""An assignment from its TOML; ``package`` is where the claims are that answer parts.

    >>> names = '[names]\nx = "scalar"\n[[question]]\nid = "1"\n[[question.part]]\nid = "1a"\n'
    >>> found = read_assignment(names + "asks = '(x+1)^2'\nanswer = 'x^2+2x+1'\npoints = 2")
    >>> found.points, found.parts[0].answer
    (Fraction(2, 1), x^{2} + 2 x + 1)
    >>> read_assignment(names + "asks = '(x+1)^2'\nanswer = 'x^2+2y+1'\npionts = 2")
    Traceback (most recent call last):
    verify.read.errors.AssignmentError: the assignment: 3 mistakes
      line 5: question.1.part.1.points: missing: how many points it is worth
      line 8: question.1.part.1.answer: the name y is not known here
      line 9: question.1.part.1.pionts: unknown key; did you mean 'points'?
    """
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        mistake = ContextMistake("", int(line[1]) if line else None, f"this is not TOML: {error}")
        raise AssignmentError(path, (mistake,)) from error
    return _Reading(table, text, path, package).assignment()


class _Reading:
    """Reads the tables of one file."""

    def __init__(self, table: dict[str, Any], text: str, path: str, package: str) -> None:
        self.text, self.path, self.package = text, path, package
        self.places: list[tuple[Mapping[str, object], int, int]] = []
        self.context_reader = AssignmentReader(self._without_parts(table), path, text)
        self.complain = self.context_reader.complain

    def _without_parts(self, table: dict[str, Any]) -> dict[str, Any]:
        """The tables of the context alone; those of parts are kept aside."""
        questions = table.get("question")
        if not isinstance(questions, list):
            return table
        rest = []
        self.loose: list[int] = []
        for number, question in enumerate(questions, start=1):
            parts = question.get("part", []) if isinstance(question, dict) else []
            if not isinstance(parts, list) or not all(isinstance(each, dict) for each in parts):
                self.loose.append(number)
                parts = []
            self.places += [(part, number, position) for position, part in enumerate(parts, start=1)]
            is_table = isinstance(question, dict)
            rest.append({key: each for key, each in question.items() if key != "part"} if is_table else question)
        return {**table, "question": rest}

    def assignment(self) -> Assignment:
        """The assignment; raises :class:`AssignmentError` with all mistakes."""
        for number in getattr(self, "loose", ()):
            self.complain(("question", str(number), "part"), "expected tables, each under [[question.part]]")
        context = self._context()
        reader = PartReader(self.complain, known_codes())
        found = [(self._part(reader, place, context), place) for place in self.places]
        if not found:
            self.complain((), "nothing is asked: there is no [[question.part]]")
        parts = [part for part, _ in found]
        self._names(found)
        asked_parts = [] if context is None else list(self._asked(context, found))
        self._refuse()
        assert context is not None
        prose = tuple(part for part in parts if part.prose)
        return Assignment(self.path, self.text, context, tuple(asked_parts), prose, tuple(part.id for part in parts))

    def _context(self) -> Context | None:
        """The context; nothing if there are mistakes in it, which are kept."""
        try:
            title, general, questions = self.context_reader.assignment()
        except AssignmentError:
            return None
        # Of a lone question, no heading is needed.
        whole = questions[0].setting if len(questions) == 1 else general
        return Context(self.path, title, whole, tuple(map(Question, questions)))

    def _part(self, reader: PartReader, place: tuple[Mapping[str, object], int, int], context: Context | None) -> Part:
        table, number, position = place
        question = str(number) if context is None else context.questions[number - 1].assigned.id
        return reader.part(table, question, ("question", str(number), "part", str(position)))

    def _names(self, found: Iterable[tuple[Part, tuple[object, int, int]]]) -> None:
        """The ids of parts must differ, and what is carried must come later."""
        before: list[str] = []
        ids = [part.id for part, _ in found]
        for part, (_, number, position) in found:
            place = ("question", str(number), "part", str(position))
            if part.id in before:
                self.complain((*place, "id"), f"another part is called {part.id!r} as well")
            before.append(part.id)
            for later in part.carry:
                if later not in ids:
                    self.complain((*place, "carry"), f"no part is called {later!r}; {nearest(later, sorted(set(ids)))}")
                elif later in before:
                    self.complain((*place, "carry"), f"the part {later!r} does not come later")

    def _asked(self, context: Context, found: Iterable[tuple[Part, tuple[object, int, int]]]) -> Iterator[Asked]:
        for part, (_, number, position) in found:
            place = ("question", str(number), "part", str(position))
            part = self._claimed(part, (*place, "claim"))
            if part.prose or not part.asks or not part.answer:
                continue
            try:
                yield asked(part, context.questions[number - 1].setting)
            except ReadError as error:
                key, _, says = error.says.partition(": ")
                self.complain((*place, *([key] if says else [])), says or key)
            except Misfit as misfit:
                self.complain((*place, "answer"), misfit.verdict.says)

    def _claimed(self, part: Part, place: tuple[str, ...]) -> Part:
        """The part with the last side of the claim that answers it, as it is printed."""
        if part.claim is None:
            return part
        from verify.catalog import CatalogError, find

        try:
            known = {each.name: each.claim for each in find(self.package).claims}
        except CatalogError as error:
            self.complain(place, str(error))
            return part
        if part.claim not in known:
            self.complain(place, f"no claim is called {part.claim!r}; {nearest(part.claim, sorted(known))}")
            return part
        return replace(part, answer=side_text(known[part.claim].links()[-1].right))

    def _refuse(self) -> None:
        mistakes = sorted(self.context_reader.mistakes, key=lambda mistake: (mistake.line or 0, mistake.key))
        if mistakes:
            raise AssignmentError(self.path, tuple(mistakes))
