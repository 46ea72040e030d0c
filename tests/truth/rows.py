"""The rows of the table of truth, and what is amiss with a row: a name that is not there, or another verdict."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, assert_never, get_args

from verify.catalog import NamedClaim, NamedMistake, find
from verify.check import ClaimResult, MistakeResult, check, prove_claim, prove_mistake
from verify.language import Derivative, Link, Misshapen, Proved, Refuted, Relation, Transpose, Vjp
from verify.language.link import side_text
from verify.language.shape import is_scalar, shape_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

Said = Literal["proved", "refuted", "misshapen", "unreadable", "convention", "loose", "partial"]
Layout = Literal["mixed", "numerator", "denominator"]


@dataclass(frozen=True)
class Row:
    """A claim, the verdict that mathematics gives it, and what holds it."""

    id: str
    claim: str
    verdict: Said
    held_by: tuple[str, ...]
    layout: Layout | None = None
    exact: str | None = None
    condition: str | None = None

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Said) or self.layout not in (None, *get_args(Layout)):
            raise ValueError(f"{self.id}: {self.verdict} or {self.layout} is no word of the table")
        if not self.id or not self.claim or not self.held_by:
            raise ValueError(f"{self.id or self.claim}: a row has an id, a claim and what holds it")


def rows() -> tuple[Row, ...]:
    """All rows; raises TypeError for an unknown key, ValueError for an unknown word."""
    table = tomllib.loads((HERE / "table.toml").read_text(encoding="utf-8"))
    return tuple(Row(**{**row, "held_by": tuple(row["held_by"])}) for row in table["row"])


@lru_cache(maxsize=1)
def _catalog() -> dict[str, NamedClaim | NamedMistake]:
    found = find("derivations")
    named: list[NamedClaim | NamedMistake] = [*found.claims, *found.mistakes]
    return {each.name: each for each in named}


@cache
def _proof(named: NamedClaim) -> ClaimResult:
    return prove_claim(named.claim)


@cache
def _trial(named: NamedMistake) -> MistakeResult:
    return prove_mistake(named.mistake)


@dataclass(frozen=True)
class Holding:
    """What holds a row: claims and mistakes with their outcomes."""

    claims: tuple[NamedClaim, ...]
    mistakes: tuple[NamedMistake, ...]
    tests: tuple[str, ...]

    def has(self, verdict: type[Refuted] | type[Misshapen]) -> bool:
        """Whether a mistake gets this verdict."""
        return any(isinstance(_trial(each).verdict, verdict) for each in self.mistakes)

    def memberships(self) -> Iterator[tuple[str, str | None]]:
        """For each claim of a range the set that it names, and the exact range that is found."""
        for named in self.claims:
            for judgment in _proof(named).judgments:
                if judgment.relation == Relation.MEMBER and isinstance(judgment.verdict, Proved):
                    found = judgment.verdict.exact_range
                    yield str(judgment.right), None if found is None else str(found)


def faults(row: Row) -> list[str]:
    """Everything that is amiss with a row, in words."""
    tests = tuple(name for name in row.held_by if "::" in name)
    known = _catalog()
    missing = [name for name in row.held_by if name not in tests and name not in known]
    missing += [name for name in tests if not _is_test(name)]
    if missing:
        return [f"{name} is not there" for name in missing]
    held = [known[name] for name in row.held_by if name not in tests]
    holding = Holding(
        tuple(each for each in held if isinstance(each, NamedClaim)),
        tuple(each for each in held if isinstance(each, NamedMistake)),
        tests,
    )
    wrong = [f"{each.name} is not proved" for each in holding.claims if not _proof(each).proved]
    wrong += [f"{each.name} is not caught" for each in holding.mistakes if not _trial(each).caught]
    return [*wrong, *_by_verdict(row, holding), *_by_range(row, holding), *_by_layout(row, holding)]


def _is_test(name: str) -> bool:
    path, _, function = name.partition("::")
    if not (ROOT / path).is_file():
        return False
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    return any(isinstance(each, ast.FunctionDef) and each.name == function for each in body)


def _by_verdict(row: Row, holding: Holding) -> Iterator[str]:
    match row.verdict:
        case "proved":
            if not holding.claims and not holding.tests:
                yield "no claim says so"
            if holding.mistakes:
                yield "a mistake does not hold what is proved"
        case "refuted":
            if not holding.has(Refuted):
                yield "no mistake is refuted"
        case "misshapen":
            if not holding.has(Misshapen):
                yield "no mistake is misshapen"
        case "unreadable":
            if not holding.tests:
                yield "no test of the reader says so"
        case "convention":
            yield from _by_convention(row, holding)
        case "loose":
            loose = [named for named, exact in holding.memberships() if exact == row.exact and named != exact]
            if row.exact is None or not loose:
                yield "no claim names a larger set than the exact range"
        case "partial":
            if row.condition is None:
                yield "the condition is not said"
            if not holding.claims:
                yield "no claim holds under the condition"
            if not holding.mistakes and not any(map(_needs_its_hypotheses, holding.claims)):
                yield "without the condition it holds as well"
        case _:
            assert_never(row.verdict)


def _needs_its_hypotheses(named: NamedClaim) -> bool:
    """Whether a claim fails, or needs a condition, once its hypotheses are taken away."""
    verdicts = [check(Link(link.left, link.relation, link.right)).verdict for link in named.claim.links()]
    return bool(named.claim.given) and any(
        isinstance(each, Refuted) or (isinstance(each, Proved) and bool(each.conditions)) for each in verdicts
    )


def _by_range(row: Row, holding: Holding) -> Iterator[str]:
    found = {exact for _, exact in holding.memberships()}
    if row.exact is not None and row.exact not in found:
        yield f"the exact range is not {row.exact} but {found or 'not found'}"


def _by_layout(row: Row, holding: Holding) -> Iterator[str]:
    if row.layout == "mixed":
        for named in holding.claims:
            left = named.claim.links()[0].left
            if isinstance(left, Transpose) or not left.atoms(Derivative, Vjp):
                yield f"{named.name} is no derivative in the mixed layout"


def _by_convention(row: Row, holding: Holding) -> Iterator[str]:
    """A claim must say the transpose of the derivative; a mistake the same right side of the derivative itself."""
    turned = {text for named in holding.claims for text in _transposed(named, row.layout)}
    if not turned:
        yield f"no claim is the transpose of a derivative, {row.layout} layout"
    straight = {
        (str(link.left.variable), side_text(link.right))
        for named in holding.mistakes
        for link in named.mistake.links()
        if isinstance(link.left, Derivative | Vjp)
    }
    if not turned & straight:
        yield "no mistake says the same of the derivative as it is laid out here"


def _transposed(named: NamedClaim, layout: Layout | None) -> Iterator[tuple[str, str]]:
    """What a claim says of a transposed derivative: what that is by, and each right side."""
    links = named.claim.links()
    match links[0].left:
        case Transpose(argument=Derivative() as derived):
            of_a_scalar = is_scalar(shape_of(derived.quantity))
            if layout == ("numerator" if of_a_scalar else "denominator"):
                yield from ((str(derived.variable), side_text(link.right)) for link in links)
        case _:
            return
