"""What a link says and why it has its verdict, as pieces of LaTeX: relations, hypotheses, witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.report.reason import EXACT_RANGE
from verify.report.records import GivenRecord, LinkRecord, WitnessRecord
from verify.report.tex import Tex, escaped, formula

RELATIONS = {
    "=": "=",
    "<": "<",
    "<=": r"\le",
    ">": ">",
    ">=": r"\ge",
    "in": r"\in",
    "to": r"\to",
    "shape": r"\in",
    "!=": r"\ne",
}
OUTSIDE = "outside of "
NUMBER = re.compile(r"-?\d+(/\d+|\.\d+)?")


def related(relation: str | None, right: str | None) -> tuple[Tex, Tex]:
    """A relation and its right side; a relation without one is a word."""
    if right is None or relation not in RELATIONS:
        return Tex(rf"\text{{ {escaped(relation or '')}}}"), Tex("") if right is None else formula(right)
    return Tex(RELATIONS[relation]), formula(right)


def hypothesis(given: GivenRecord) -> Tex:
    """A hypothesis as a formula."""
    relation, right = related(given["relation"], given["right"])
    return Tex(f"{formula(given['left']).source} {relation.source} {right.source}".rstrip())


def evidence(link: LinkRecord) -> Iterator[Tex]:
    """What is to be said of a verdict, as sentences."""
    why = link["why"] or ""
    if link["witness"] is not None:
        yield _point(link["witness"])
    elif why.startswith(EXACT_RANGE):
        exact, *places = why.removeprefix(EXACT_RANGE).split("; ")
        yield Tex(f"The exact range is ${formula(exact).source}${''.join(map(_attained, places))}.")
    elif why:
        yield Tex(f"{escaped(link['verdict'].capitalize())}: {escaped(why)}.")
    if link["conditions"]:
        yield Tex(f"Where {', '.join(f'${formula(each).source}$' for each in link['conditions'])}.")


def _point(witness: WitnessRecord) -> Tex:
    """The witness: for these values, left this and right that."""
    named = [(name, str(value)) for name, value in (*witness["sizes"].items(), *witness["indices"].items())]
    named += [(name, _array(rows)) for name, rows in witness["inputs"].items()]
    named += [(f"{name}(t)", polynomial) for name, polynomial in witness["functions"].items()]
    parts = [f"${_name(name)} = {formula(value).source}$" for name, value in named]
    parts += map(escaped, witness["chances"])
    values = f"left {_value(witness['left'])}, right {_value(witness['right'])}."
    return Tex(f"For {', '.join(parts)}: {values}" if parts else values.capitalize())


def _name(name: str) -> str:
    """A name; one that is a word, as the indices of a shape are, is set upright."""
    return rf"\text{{{name}}}" if name.isalpha() and name.isascii() and len(name) > 1 else formula(name).source


def _array(rows: list[list[str]]) -> str:
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    if all(len(row) == 1 for row in rows):
        return f"({', '.join(row[0] for row in rows)})"
    lines = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def _value(text: str) -> str:
    """A value as a formula if it is a number, and in words else."""
    if text.startswith(OUTSIDE):
        return f"{OUTSIDE}${formula(text.removeprefix(OUTSIDE)).source}$"
    return f"${text}$" if NUMBER.fullmatch(text) else escaped(text)


def _attained(place: str) -> str:
    """Where an end of a range is attained: a value, and the point in LaTeX or in words."""
    value, _, point = place.partition(" at ")
    where = f"${formula(point).source}$" if "=" in point else escaped(point)
    return f", with ${formula(value).source}$ at {where}"
