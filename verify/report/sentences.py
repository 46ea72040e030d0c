"""What is to be said of a link in a document: relations, hypotheses, how it was proved, where it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from verify.diagnose.witness import apart
from verify.report.formulas import clean
from verify.report.phrase import Code, Formula, Phrase, phrase
from verify.report.reason import EXACT_RANGE
from verify.report.records import GivenRecord, LinkRecord, ProofRecord, WitnessRecord
from verify.report.text import VERDICTS

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
INFINITE = {"oo": r"\infty", "-oo": r"-\infty"}
MANY = 4


def statement(left: str, relation: str | None, right: str | None) -> Phrase:
    """A relation between two sides, or one that names alone stand in, which is a word."""
    if relation is None:
        return (shown_side(left),)
    if right is None or relation not in RELATIONS:
        return (shown_side(left), f" {relation}", *(() if right is None else (" ", shown_side(right))))
    if clean(left) is None or clean(right) is None:
        return (shown_side(left), " ", Formula(RELATIONS[relation]), " ", shown_side(right))
    return (Formula(f"{left} {RELATIONS[relation]} {right}"),)


def shown_side(side: str) -> Formula | Code:
    """A side as a formula, or as its source if it is none."""
    return Code(side) if clean(side) is None else Formula(side)


def verdict_of(link: LinkRecord) -> str:
    """The verdict's word; a record with another is none of ours, which is a KeyError."""
    if link["verdict"] not in VERDICTS:
        raise KeyError(link["verdict"])
    return link["verdict"]


def hypothesis(given: GivenRecord) -> Phrase:
    """A hypothesis as a formula, or as a formula and a word."""
    return statement(given["left"], given["relation"], given["right"])


def evidence(link: LinkRecord) -> Iterator[Phrase]:
    """What is to be said of a verdict, as sentences."""
    why = link["why"] or ""
    if link["witness"] is not None:
        yield from _point(link["witness"])
        _, _, rescue = why.rpartition("; true if ")
        if "; true if " in why:
            yield ("It would hold if ", *phrase(rescue), ".")
    elif why.startswith(EXACT_RANGE):
        exact, *places = why.removeprefix(EXACT_RANGE).split("; ")
        yield ("The exact range is ", Formula(exact), *(piece for place in places for piece in _attained(place)), ".")
    elif why and link["verdict"] == "unreadable":
        yield (*_unread(why), ".")
    elif why and link["verdict"] != "stated":
        yield (f"{link['verdict'].capitalize()}: ", *phrase(why), ".")
    if link["conditions"]:
        yield ("Wherever ", *_listed(tuple((Formula(each),) for each in link["conditions"])), ".")


def diagnosis(link: LinkRecord) -> Iterator[Phrase]:
    """Both values in round numbers, if the exact ones are longer, and the mistake that explains a wrong link."""
    mistake = link.get("mistake")
    if mistake is None:
        return
    if link["witness"] is not None:
        exact = (link["witness"]["left"], link["witness"]["right"])
        left, right = shown = apart(*exact)
        if shown != exact:
            yield ("In round numbers that is ", *_value(left), " on the left, and ", *_value(right), " on the right.")
    code = mistake["code"]
    yield (mistake["for_student"],) if code is None else ("Mistake: ", Code(code), ". ", mistake["for_student"])


def _unread(why: str) -> Phrase:
    """Why a line could not be read: our words, and what was written."""
    says, known, names = why.partition("; known here: ")
    return (says, *(("; known here: ", *_listed(tuple((Code(each),) for each in names.split(", ")))) if known else ()))


def remarks(link: LinkRecord) -> Iterator[Phrase]:
    """How a line was read, and another reading of it."""
    if link["layout"] not in {None, "mixed"}:
        yield (f"In the {link['layout']} layout.",)
    if link["assumed"]:
        read = [piece for each in link["assumed"] for piece in ("; ", *phrase(each))][1:]
        yield ("Read so: ", *read, ".")
    if link["suggestion"] is not None:
        yield phrase(link["suggestion"])


def _point(witness: WitnessRecord) -> Iterator[Phrase]:
    """The witness: where, and the value of each side there."""
    named = [(name, str(value)) for name, value in (*witness["sizes"].items(), *witness["indices"].items())]
    named += [(name, _array(rows)) for name, rows in witness["inputs"].items()]
    named += [(f"{name}(t)", polynomial) for name, polynomial in witness["functions"].items()]
    parts: list[Phrase] = [(Formula(f"{_name(name)} = {value}"),) for name, value in named]
    parts += map(phrase, witness["chances"])
    where: Phrase = ("At ", *_listed(tuple(parts)), " the") if parts else ("The",)
    left, right = witness["left"], witness["right"]
    yield (*where, " left side is ", *_value(left), " and the right side ", *_value(right), ".")


def _listed(parts: tuple[Phrase, ...]) -> Phrase:
    """Parts with commas between them."""
    return tuple(piece for part in parts for piece in (", ", *part))[1:]


def _name(name: str) -> str:
    """A name; one that is a word, as the indices of a shape are, is set upright."""
    return rf"\text{{{name}}}" if name.isalpha() and name.isascii() and len(name) > 1 else name


def _array(rows: list[list[str]]) -> str:
    if len(rows) == 1 and len(rows[0]) == 1:
        return _number(rows[0][0])
    if all(len(row) == 1 for row in rows):
        return f"({', '.join(row[0] for row in rows)})"
    lines = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def _number(text: str) -> str:
    """A number; a fraction with its bar, and what is infinite as a sign."""
    if text in INFINITE:
        return INFINITE[text]
    if "/" not in text or not NUMBER.fullmatch(text):
        return text
    value = Fraction(text)
    return rf"{'-' if value < 0 else ''}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _value(text: str) -> Phrase:
    """A value as a formula if it is a number, and in words else."""
    if text.startswith(OUTSIDE):
        return (OUTSIDE, Formula(text.removeprefix(OUTSIDE)))
    return (Formula(_number(text)),) if NUMBER.fullmatch(text) else phrase(text)


def _attained(place: str) -> Phrase:
    """Where an end of a range is attained: a value, and the point in LaTeX or in words."""
    value, _, point = place.partition(" at ")
    return (", with ", Formula(_number(value)), " at ", Formula(point) if "=" in point else point)


def rests(proof: ProofRecord) -> Iterator[Phrase]:
    """On what a proof rests beside the normal form: where it was replayed, and the sizes that suffice."""
    sizes = [each for each in proof["sizes"] if each != "no dimension"]
    if proof["instances"]:
        exactly = "exactly" if proof["arithmetic"] == "modular" else "with rigorous error bounds"
        times = "once" if proof["instances"] == 1 else f"at {proof['instances']} instances"
        shown = _sizes(sizes)
        yield (f"replayed {exactly} {times}", *((" (", *shown, ")") if shown else ()))
    if proof["cutoff"]:
        each = tuple((Formula(f"{name} = {size}"),) for name, size in proof["cutoff"].items())
        yield ("proved again by all sizes up to ", *_listed(each))


def _sizes(sizes: list[str]) -> Phrase:
    few = tuple(_listed(tuple(map(phrase, size.split(", ")))) for size in sizes[:MANY])
    shown = tuple(piece for part in few for piece in ("; ", *part))[1:]
    return (*shown, "; …") if len(sizes) > MANY else shown
