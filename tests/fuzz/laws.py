"""What must hold of every random case: each law takes the case's randomness, fails or says how the case came out."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from random import Random
from typing import Any

import numpy as np
from flint import ctx

from tests.fuzz import altered as claims_altered
from tests.fuzz import hostile
from tests.fuzz.balls import Balls as Arrays
from tests.fuzz.curves import limits, ranges
from tests.fuzz.direct import BITS, differences
from tests.fuzz.expressions import FREE, LOGARITHMIC, NAMES, ROUGH, SMOOTH, Grower
from tests.fuzz.identities import rewritten
from tests.fuzz.writeups import CONTEXT, write_up
from tests.mutants import mutants
from tests.outside.values import Cannot, Place
from verify.check import check
from verify.kernel.balls import Balls
from verify.kernel.certificate import certificate
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.lift import lift
from verify.kernel.lower import Lowering
from verify.kernel.normal import NormalForm
from verify.kernel.point import GRID, Point
from verify.kernel.ring import Ring
from verify.kernel.statement import statement
from verify.kernel.term import OutOfBudget, Undefined, Unsupported
from verify.language import Expression, Link, Misshapen, Proved, Refuted, Undecided, Verdict, equal, function, word
from verify.language.verdict import AtLeast
from verify.read import judge, read
from verify.recheck import Outcome, recheck

Law = Callable[[Random], str]
MUTANTS = 200


def terms(random: Random) -> str:
    """A normal form has the value of its expression: that of the kernel's evaluation, and that of the tree."""
    expression = Grower(random, ROUGH).grown(random.randint(2, 5))
    try:
        stated = statement(expression, expression, ())
        form = lift(NormalForm(Ring(steps=20_000)).of(stated.left))
    except (OutOfBudget, Unsupported, Undefined) as reason:
        return f"no normal form: {type(reason).__name__}"
    again, compared = Lowering().scalar(form, ()), "compared nowhere"
    ctx.prec = BITS
    for size in (1, 2, 3):
        # The normal form of a pattern is that of distinct free indices.
        values = dict(zip(stated.indices, (1, 2), strict=False))
        if len(values) > size:
            continue
        point = Point(random.randrange(10**6), GRID)
        evaluation = Evaluation(Balls(point), {"n": size})
        try:
            one, other = evaluation.of(stated.left, values), evaluation.of(again, values)
        except (OutsideDomain, OutOfBudget):
            continue
        assert (one - other).contains(0), f"at n = {size}: {one} is not {other}, its normal form's: {expression}"
        compared = "compared"
        # An index that is in no term, as that of a delta with itself, has any value.
        indices = {index.symbol: 1 for index in FREE} | {index.symbol: value for index, value in values.items()}
        tree = _from_tree(expression, point, size, indices)
        if tree is not None:
            assert (one - tree).contains(0), f"at n = {size}: {one} is not {tree}, the tree's: {expression}"
            compared = "compared, with the tree too"
    return compared


def _from_tree(expression: Expression, point: Point, size: int, indices: dict[str, int]) -> Any:
    """The tree evaluated directly at what the kernel drew; nothing where an unknown function is in it."""
    if expression.atoms(type(function("f"))):
        return None
    numbers = Arrays()
    held: dict[Expression, Any] = {}
    for name in NAMES:
        array = np.zeros(tuple(1 if str(axis) == "1" else size for axis in name.declared), dtype=object)
        for (variable, subscripts), value in point.used.items():
            if variable.symbol == name.symbol:
                axes = [each - 1 for each in subscripts]
                array[tuple(axes) + (0,) * (array.ndim - len(axes))] = numbers.number(value).item()
        held[name] = array
    try:
        return Place(numbers, {"n": size}, held, indices).scalar(expression).item()
    except Cannot:
        return None


def identities(random: Random) -> str:
    """What is true is never refuted, nor found misshapen."""
    link = _identity(random)
    verdict = check(link).verdict
    assert isinstance(verdict, Proved | Undecided), f"a true identity, {link}: {verdict}"
    _require_accepted(link, verdict)
    return _told(verdict)


def altered(random: Random) -> str:
    """What differs at a point is never proved, and what is refuted differs at its witness."""
    link = _identity(random)
    assert isinstance(link.right, Expression)
    mutant = random.choice(list(islice(mutants(link.right), MUTANTS)))
    wrong = Link(link.left, link.relation, mutant)
    verdict = check(wrong).verdict
    _require_accepted(wrong, verdict)
    if isinstance(verdict, Misshapen):
        return "misshapen"
    if isinstance(verdict, Proved):
        least = max((each.bound for each in verdict.conditions if isinstance(each, AtLeast)), default=1)
        seen = list(differences(wrong, random, tuple(range(least, least + 3)), 2))
        assert not any(seen), f"{wrong} is proved, yet {next(filter(None, seen))}"
        return f"proved, and {'the same at points' if seen else 'compared nowhere'}"
    if isinstance(verdict, Undecided):
        differs = any(differences(wrong, random, (1, 2, 3), 2))
        return f"{_told(verdict)}, and {'different' if differs else 'not seen to differ'}"
    return _told(verdict)


def writeups(random: Random) -> str:
    """Every display is accounted for; of true identities, typed without noise, none is refuted."""
    written = write_up(random)
    document = read(written.text, written.path, CONTEXT)
    judgments = judge(document)
    assert len(judgments) >= document.displays
    lines = written.text.split("\n")
    for step in document.steps:
        assert 1 <= step.at.line <= len(lines)
        assert 1 <= step.at.column <= len(lines[step.at.line - 1]) + 1
    if not written.clean:
        return "with noise"
    assert document.displays == written.displays, f"{document.displays} displays, not {written.displays}"
    told = sorted({word(each.verdict) for each in judgments})
    assert not {"refuted", "misshapen", "unreadable"} & set(told), f"{written.text}: {list(map(str, judgments))}"
    return f"clean: {', '.join(told)}"


def files(random: Random) -> str:
    """A hostile file is read or refused, and nothing else."""
    kind = random.choice(hostile.KINDS)
    return f"{kind.__name__}: {kind(random)}"


def claims(random: Random) -> str:
    """What is said of the package's claims, altered, is what the sampler sees, and the second judge accepts it."""
    link = claims_altered.altered(random)
    verdict, told = claims_altered.judged(link)
    _require_accepted(link, verdict)
    return told


LAWS: dict[str, Law] = {
    "terms": terms,
    "identities": identities,
    "mutants": altered,
    "ranges": ranges,
    "limits": limits,
    "claims": claims,
    "writeups": writeups,
    "files": files,
}


def _identity(random: Random) -> Link:
    left = Grower(random, random.choice((SMOOTH, SMOOTH, LOGARITHMIC))).grown(random.randint(1, 4))
    (link,) = equal(left, rewritten(left, random, random.randint(1, 6))).links()
    return link


def _told(verdict: Verdict) -> str:
    return f"undecided ({verdict.reason})" if isinstance(verdict, Undecided) else word(verdict)


def _require_accepted(link: Link, verdict: Verdict) -> None:
    """The second judge does not reject what the kernel proved or refuted, where there is a certificate."""
    if isinstance(verdict, Proved | Refuted):
        record = certificate(link, verdict)
        if record is None:
            return
        outcome = recheck(json.loads(json.dumps(record)))
        assert outcome is not Outcome.REJECTED, f"the second judge rejects: {link} is {verdict}"
