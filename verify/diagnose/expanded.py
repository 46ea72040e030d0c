"""A sum of products beside the other side multiplied out: terms that are missing, and factors that terms lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product

from verify.diagnose.edit import MINUS, ONE, Edit, Material, joined
from verify.diagnose.place import Place
from verify.diagnose.transposes import is_tensor
from verify.language import Add, Expression, Mul

MOST_TERMS = 24

Term = tuple[Expression, ...]


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """What two sums of products differ by, if that is one kind of mistake."""
    if not place.is_root:
        return
    own, other = expanded(place.part), expanded(material.kept)
    if not own or not other or len(own) + len(other) < 3:
        return
    wanted = {_key(term): term for term in other}
    here = {_key(term): term for term in own}
    common = [term for key, term in here.items() if key in wanted]
    extra = [term for key, term in here.items() if key not in wanted]
    lacking = [term for key, term in wanted.items() if key not in here]
    if not common:
        return
    if not extra and lacking:
        yield Edit("missing-term", _sum((*own, *lacking)), len(lacking), compared=True)
    elif extra and not lacking:
        yield Edit("extra-term", _sum(common), len(extra), compared=True)
    elif extra and len(extra) == len(lacking):
        code = _one_kind(extra, lacking)
        if code is not None:
            yield Edit(code, _sum((*common, *lacking)), len(extra), compared=True)


def expanded(part: Expression) -> tuple[Term, ...]:
    """The terms of a formula whose products of sums are multiplied out, each by its factors; too many are none.

    >>> from verify.language import scalar
    >>> a, b, c = map(scalar, "abc")
    >>> expanded(a * (b + c))
    ((a, b), (a, c))
    """
    match part:
        case Add():
            terms = tuple(chain.from_iterable(map(expanded, part.terms)))
            return terms if len(terms) <= MOST_TERMS and all(map(expanded, part.terms)) else ()
        case Mul():
            factors = [expanded(factor) for factor in part.factors]
            many = 1
            for each in factors:
                many *= len(each)
            return tuple(tuple(chain(*chosen)) for chosen in product(*factors)) if 0 < many <= MOST_TERMS else ()
        case _:
            return ((part,),)


def _key(term: Term) -> tuple[tuple[str, ...], Term]:
    """What tells terms apart: numbers in any order, matrices in theirs; the sign counts, a factor 1 does not."""
    scalars = [each for each in term if not is_tensor(each)]
    signs = sum(each == MINUS for each in scalars) % 2
    numbers = sorted(str(each) for each in scalars if each not in (MINUS, ONE))
    return (*("-" * signs), *numbers), tuple(filter(is_tensor, term))


def _one_kind(extra: Sequence[Term], lacking: Sequence[Term]) -> str | None:
    """The one mistake by which each term that is too much comes from one that is lacking."""
    found: set[str] = set()
    left = list(lacking)
    for wrong in extra:
        pairs = ((code, right) for right in left if (code := _kind(wrong, right)) is not None)
        code, right = next(pairs, (None, ()))
        if code is None:
            return None
        found.add(code)
        left.remove(right)
    return found.pop() if len(found) == 1 else None


def _kind(wrong: Term, right: Term) -> str | None:
    (numbers, tensors), (others, wanted) = _key(wrong), _key(right)
    if _without_sign(numbers) == _without_sign(others) and tensors == wanted:
        return "sign"
    if _within(numbers, others) and _within(tensors, wanted):
        return "missing-factor"
    if _within(others, numbers) and _within(wanted, tensors):
        return "extra-factor"
    if numbers == others and sorted(map(str, tensors)) == sorted(map(str, wanted)):
        return "order"
    return None


def _without_sign(numbers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in numbers if each != "-")


def _within(few: Sequence[object], many: Sequence[object]) -> bool:
    """Whether some things stand, in their order, among others."""
    rest = iter(many)
    return all(any(each == other for other in rest) for each in few)


def _sum(terms: Sequence[Term]) -> Expression:
    return joined(Add, [joined(Mul, term) for term in terms])  # type: ignore[return-value]
