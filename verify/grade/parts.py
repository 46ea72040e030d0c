"""The parts of a question: what is asked, what answers it, and what it is worth; as an assignment's file says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from verify.grade.forms import FORMS, form_of
from verify.grade.points import ZERO, points_of
from verify.read.assignment import nearest

KEYS = (
    *("id", "asks", "answer", "claim", "points", "steps", "deduct", "carry", "prose", "bonus", "form", "tolerance"),
)
TOLERANCES = ("layout",)

Place = tuple[str, ...]
Complain = Callable[[Place, str], None]


@dataclass(frozen=True)
class Part:
    """A part of a question: what it asks for and what answers it, both in LaTeX, and its points.

    ``steps`` of the points are for the derivation. ``deduct`` says what a mistake of a kind costs, where it is not
    all of the points. Later parts in ``carry`` may build on this answer. A part in ``prose`` is for a person.
    """

    id: str
    question: str
    asks: str
    answer: str
    points: Fraction
    steps: Fraction = ZERO
    deduct: Mapping[str, Fraction] = field(default_factory=dict)
    carry: tuple[str, ...] = ()
    prose: bool = False
    bonus: bool = False
    form: tuple[str, ...] = ()
    tolerant: bool = False
    claim: str | None = None

    def cost(self, code: str) -> Fraction:
        """What a mistake of this kind costs; the other layout is the transpose of the whole."""
        wider = self.deduct.get("transpose", self.points) if code == "layout" else self.points
        return min(self.deduct.get(code, wider), self.points)


class PartReader:
    """Reads the table of a part; every mistake is told to ``complain``, with its place."""

    def __init__(self, complain: Complain, codes: Sequence[str]) -> None:
        self.complain = complain
        self.codes = codes

    def part(self, table: Mapping[str, object], question: str, place: Place) -> Part:
        """The part that a table says."""
        for key in table:
            if key not in KEYS:
                self.complain((*place, key), f"unknown key; {nearest(key, KEYS)}")
        prose = self._flag(table, "prose", place)
        points = self._points(table, "points", place, needed=True)
        steps = self._points(table, "steps", place)
        if steps > points:
            self.complain((*place, "steps"), "these are some of the points of the part, and more than it has")
        name = self._text(table, "id", place)
        if not name:
            self.complain((*place, "id"), "a part needs an id") if name is None else None
        texts = {key: self._text(table, key, place) for key in ("asks", "answer", "claim")}
        self._formulas(texts, prose, place)
        return Part(
            id=name or ".".join(place),
            question=question,
            asks=texts["asks"] or "",
            answer=texts["answer"] or "",
            points=points,
            steps=min(steps, points),
            deduct=self._deduct(table, points, place),
            carry=self._carry(table, place),
            prose=prose,
            bonus=self._flag(table, "bonus", place),
            form=self._form(table, place),
            tolerant=self._tolerance(table, place),
            claim=texts["claim"],
        )

    def _formulas(self, texts: Mapping[str, str | None], prose: bool, place: Place) -> None:
        given = [key for key in ("answer", "claim") if texts[key] is not None]
        if prose:
            for key in given:
                self.complain((*place, key), "a part in prose is for a person, and has no answer here")
            return
        for key, text in texts.items():
            if text is not None and not text.strip():
                self.complain((*place, key), "nothing stands in it")
        if texts["asks"] is None:
            self.complain((*place, "asks"), "missing: the formula that is asked for, or prose = true")
        if not given:
            self.complain((*place, "answer"), "missing: a formula, or the claim that it is proved as")
        elif len(given) == 2:
            self.complain((*place, "claim"), "an answer is given as well: one of them says it all")

    def _deduct(self, table: Mapping[str, object], points: Fraction, place: Place) -> dict[str, Fraction]:
        value = table.get("deduct", {})
        if not isinstance(value, Mapping):
            self.complain((*place, "deduct"), "expected a table, such as { sign = 0.5 }")
            return {}
        found: dict[str, Fraction] = {}
        for code, cost in value.items():
            amount = points_of(cost)
            if self.codes and code not in self.codes:
                self.complain((*place, "deduct"), f"unknown kind of mistake {code!r}; {nearest(code, self.codes)}")
            elif amount is None or amount < 0:
                self.complain((*place, "deduct"), f"{code}: expected points, 0 or more")
            elif amount > points:
                self.complain((*place, "deduct"), f"{code}: more than the points of the part")
            else:
                found[code] = amount
        return found

    def _carry(self, table: Mapping[str, object], place: Place) -> tuple[str, ...]:
        value = table.get("carry", [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.complain((*place, "carry"), "expected a list of the ids of later parts")
            return ()
        return tuple(value)

    def _form(self, table: Mapping[str, object], place: Place) -> tuple[str, ...]:
        text = self._text(table, "form", place)
        if text is None:
            return ()
        words = form_of(text)
        if words is None:
            choice = ", ".join(f"no {each}" for each in FORMS)
            self.complain((*place, "form"), f"unknown form {text!r}; expected some of {choice}, or no and a name")
        return words or ()

    def _tolerance(self, table: Mapping[str, object], place: Place) -> bool:
        text = self._text(table, "tolerance", place)
        if text is not None and text not in TOLERANCES:
            self.complain((*place, "tolerance"), f"unknown tolerance {text!r}; {nearest(text, TOLERANCES)}")
        return text is not None

    def _points(self, table: Mapping[str, object], key: str, place: Place, *, needed: bool = False) -> Fraction:
        if key not in table:
            if needed:
                self.complain((*place, key), "missing: how many points it is worth")
            return ZERO
        amount = points_of(table[key])
        if amount is None or amount < 0:
            self.complain((*place, key), "expected a number of points, 0 or more")
            return ZERO
        return amount

    def _text(self, table: Mapping[str, object], key: str, place: Place) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        self.complain((*place, key), "expected a text")
        return None

    def _flag(self, table: Mapping[str, object], key: str, place: Place) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.complain((*place, key), "expected true or false")
        return value is True
