"""The package's claims and mistakes, altered at random: what is proved then is what the sampler sees hold."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

from tests.mutants import mutants
from verify.catalog import find
from verify.check import at_least, check
from verify.language import Expression, Interval, Link, Proved, Refuted, Undecided, word
from verify.language.unfold import LEVELED
from verify.language.verdict import Verdict
from verify.sample import Agrees, Disagreement, Inadmissible, Sampled, at_witness, sample

MUTANTS = 150
POINTS = 12


@cache
def links() -> tuple[Link, ...]:
    """Every link of every claim and mistake."""
    catalog = find("derivations")
    claims = [link for named in catalog.claims for link in named.claim.links()]
    return (*claims, *(link for named in catalog.mistakes for link in named.mistake.links()))


def altered(random: Random) -> Link:
    """A link with one or two forms of its sides changed, or its interval, and perhaps a hypothesis less."""
    link = random.choice(links())
    for _ in range(random.randint(1, 2)):
        if isinstance(link.right, tuple) or random.random() < 0.3:
            link = replace(link, left=_mutant(link.left, random))
        elif isinstance(link.right, Interval):
            link = replace(link, right=_interval(link.right, random))
        else:
            link = replace(link, right=_mutant(link.right, random))
    if link.given and random.random() < 0.2:
        dropped = random.randrange(len(link.given))
        link = replace(link, given=link.given[:dropped] + link.given[dropped + 1 :])
    return link


def _interval(interval: Interval, random: Random) -> Interval:
    match random.randrange(3):
        case 0:
            return replace(interval, closed_low=not interval.closed_low and interval.low is not None)
        case 1:
            return replace(interval, closed_high=not interval.closed_high and interval.high is not None)
        case _ if interval.high is not None:
            return replace(interval, high=_mutant(interval.high, random))
        case _:
            return interval


def _mutant(expression: Expression, random: Random) -> Expression:
    """The expression with one form changed, but no level: a value at a level has its shape in it, too."""
    found, leveled = [expression], expression.atoms(*LEVELED)
    with suppress(TypeError):
        found.extend(each for each in islice(mutants(expression), MUTANTS) if each.atoms(*LEVELED) <= leveled)
    return random.choice(found[1:] or found)


def judged(link: Link) -> tuple[Verdict, str]:
    """The verdict, and how it came out; fails where the sampler sees otherwise."""
    judgment = check(link)
    verdict = judgment.verdict
    match verdict:
        case Proved():
            seen = sample(link, POINTS, at_least(judgment))
            assert not isinstance(seen, Disagreement), f"{link}, given {link.given}, is proved, yet {seen}"
            return verdict, f"proved, {'seen too' if isinstance(seen, Sampled) else 'not sampled'}"
        case Refuted():
            here = at_witness(link, verdict.witness)
            assert not isinstance(here, Agrees | Inadmissible), f"{link}, given {link.given}: {verdict} yet {here}"
            return verdict, f"refuted, {'seen too' if type(here).__name__ == 'Differs' else 'not seen'}"
        case Undecided():
            return verdict, f"undecided ({verdict.reason})"
        case _:
            return verdict, word(verdict)
