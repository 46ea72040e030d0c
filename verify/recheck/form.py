"""The form of a certificate: what is not as documented is refused with its place, before anything is computed.

Sizes are bounded too, so that judging what was made to harm takes no longer than judging what was not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str], None]

NUMBER = re.compile(r"-?[0-9]{1,300}(/(?!0+$)[0-9]{1,300})?")
MANY, LARGEST_SIZE = 10_000, 50
LARGEST_SUBSCRIPT, LARGEST_EXPONENT = 1000, 1000
MOST_PARTS, MOST_STEPS, DEEPEST = 50, 100, 4


class Malformed(ValueError):
    """A record that is no certificate: the place, and what was expected there."""

    def __init__(self, at: str, says: str) -> None:
        super().__init__(f"{at.removeprefix('.') or 'the record'}: {says}")


def text(value: Any, at: str) -> None:
    """Refuse what is no short text."""
    require(isinstance(value, str) and len(value) <= MANY, at, "a text was expected")


def flag(value: Any, at: str) -> None:
    """Refuse what is not true or false."""
    require(isinstance(value, bool), at, "true or false was expected")


def number(value: Any, at: str) -> None:
    """Refuse what is no rational number, written as a text."""
    fits = isinstance(value, str) and NUMBER.fullmatch(value) is not None
    require(fits, at, 'a rational number was expected, such as "-1/2"')


def whole(low: int, high: int) -> Check:
    """Refuse what is no whole number between two."""

    def check(value: Any, at: str) -> None:
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        require(fits, at, f"a whole number from {low} to {high} was expected")

    return check


def maybe(inner: Check) -> Check:
    """Refuse what is neither nothing nor of a form."""
    return lambda value, at: None if value is None else inner(value, at)


def array(inner: Check, least: int = 0, most: int = MANY) -> Check:
    """Refuse what is no list of things of one form."""

    def check(value: Any, at: str) -> None:
        require(isinstance(value, list), at, "a list was expected")
        require(least <= len(value) <= most, at, f"{least} to {most} entries were expected, not {len(value)}")
        for place, each in enumerate(value):
            inner(each, f"{at}[{place}]")

    return check


def row(*inner: Check) -> Check:
    """Refuse what is no list with these entries."""

    def check(value: Any, at: str) -> None:
        array(_anything, len(inner), len(inner))(value, at)
        for place, (own, each) in enumerate(zip(inner, value, strict=True)):
            own(each, f"{at}[{place}]")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Refuse what does not have these keys, or others."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> None:
        require(isinstance(value, dict), at, "an object was expected")
        for key in required:
            require(key in value, at, f"the key {key!r} is missing")
        for key, each in value.items():
            require(key in known, at, f"the key {key[:40]!r} is not known")
            known[key](each, f"{at}.{key}")

    return check


def table_of(inner: Check) -> Check:
    """Refuse what does not map names to things of one form."""

    def check(value: Any, at: str) -> None:
        require(isinstance(value, dict) and len(value) <= MANY, at, "an object was expected")
        for key, each in value.items():
            inner(each, f"{at}.{key}")

    return check


def one_of(*allowed: Any) -> Check:
    """Refuse what is none of these."""
    return lambda value, at: require(
        isinstance(value, str) and value in allowed, at, f"one of {', '.join(allowed)} was expected"
    )


def _anything(_: Any, __: str) -> None:
    """Accept everything."""


def require(fits: bool, at: str, says: str) -> None:
    """Refuse what does not fit."""
    if not fits:
        raise Malformed(at, says)


extent = array(row(array(text, most=4), number), most=20)
index = row(one_of("free", "fresh", "canonical"), text, whole(0, 10**9), extent)
# What is free in a statement is bound nowhere: that an index is free is told from its kind.
bound = row(one_of("fresh", "canonical"), text, whole(0, 10**9), extent)


def subscript(value: Any, at: str) -> None:
    """Refuse what is neither a number nor an index."""
    whole(1, LARGEST_SUBSCRIPT)(value, at) if isinstance(value, int) else index(value, at)


def bound_subscript(value: Any, at: str) -> None:
    """Refuse what is neither a number nor an index that may be bound."""
    whole(1, LARGEST_SUBSCRIPT)(value, at) if isinstance(value, int) else bound(value, at)


def limit(value: Any, at: str) -> None:
    """Refuse what is neither a rational number nor an infinity."""
    if value not in ("oo", "-oo"):
        number(value, at)


place = whole(0, MANY)
own = array(subscript, most=8)
variable = row(text, array(extent, most=8), whole(-(10**9), 10**9))
pair = row(subscript, subscript)

NODES: Mapping[str, tuple[Check, ...]] = {
    "number": (number,),
    "size": (extent,),
    "entry": (variable, own),
    "delta": (subscript, subscript),
    "add": (array(place),),
    "mul": (array(place),),
    "pow": (place, whole(-LARGEST_EXPONENT, LARGEST_EXPONENT)),
    "exp": (place,),
    "log": (place,),
    "expectation": (place,),
    "function": (text, whole(0, 20), place),
    "sum": (bound, place),
    "max": (bound, place),
    "dependence": (
        text,
        array(row(whole(0, 20), own), most=8),
        array(row(array(bound_subscript, most=8), place), 1, 20),
    ),
    "inverse": (pair, row(bound, bound), place),
}


def node(value: Any, at: str) -> None:
    """Refuse what is no node."""
    kind = value[0] if isinstance(value, list) and value else value
    known = isinstance(kind, str) and kind in NODES
    require(known, at, f"a node of no known kind: {kind[:40]!r}" if isinstance(kind, str) else "a node was expected")
    row(text, *NODES[kind])(value, at)
    require(kind not in ("add", "mul") or bool(value[1]), at, "a sum or a product of nothing")


equation = record({"left": place, "right": place, "indices": array(index, most=20)})
polynomial = array(row(number, array(whole(0, LARGEST_EXPONENT), most=20)), most=2000)
told = record(
    {"inequality": place},
    {"above": polynomial, "below": polynomial, "slope": number, "constant": number, "number": number},
)
distance = record(
    {
        "exponential": flag,
        "parameters": array(place, most=20),
        "above": polynomial,
        "below": polynomial,
        "given": array(told, most=20),
        "roots": array(row(number, number), most=500),
    }
)


def quotient(value: Any, at: str, depth: int = 0) -> None:
    """Refuse what is no quotient in functions, of which logarithms have quotients of their own."""
    require(depth < DEEPEST, at, "logarithms of logarithms, nested too deeply")

    def inner(each: Any, here: str) -> None:
        quotient(each, here, depth + 1)

    function = record({"place": place}, {"rate": number, "base": number, "argument": inner, "less_one": inner})
    record({"functions": array(function, most=20), "above": polynomial, "below": polynomial})(value, at)


steps = array(row(place, place), 1, MOST_STEPS)
case = record({"ones": array(text, most=8), "distances": array(distance, most=2)})
statement = record(
    {
        "left": place,
        "right": place,
        "indices": array(index, most=20),
        "dimensions": array(text, most=20),
        "defined": array(place),
        "given": array(equation, most=200),
        "inequalities": array(row(place, flag, array(index, most=20)), most=200),
        "positive": array(variable, most=500),
        "same": array(pair, most=200),
        "distinct": array(pair, most=200),
        "least": array(row(text, whole(1, LARGEST_SUBSCRIPT)), most=200),
        "random": record(
            {
                "independent": flag,
                "variables": array(variable, most=200),
                "moments": array(row(one_of("mean", "square", "variance"), variable, own, place), most=500),
            }
        ),
        "terms": array(node),
    },
    {
        "relation": one_of("=", "<", "<=", ">", ">=", "in", "to"),
        "towards": row(place, whole(-1, 1)),
        "limit": limit,
        "interval": row(maybe(number), flag, maybe(number), flag),
    },
)
chance = record(
    {
        "entries": array(row(text, array(whole(1, LARGEST_SIZE), most=8)), 1, 200),
        "outcomes": array(row(number, array(number)), 1, 100),
    }
)
witness = record(
    {
        "sizes": table_of(whole(1, LARGEST_SIZE)),
        "indices": table_of(whole(1, LARGEST_SIZE)),
        "inputs": table_of(array(array(number))),
        "functions": table_of(array(whole(-(10**9), 10**9), most=60)),
        "gradients": table_of(array(maybe(array(array(number))), most=20)),
        "chances": array(chance, most=200),
        "left": text,
        "right": text,
    }
)
SHOWN: Mapping[str, Check] = {
    "method": text,
    "conditions": array(text),
    "replay": record({"instances": whole(0, 10**12), "arithmetic": text, "sizes": array(text)}),
    "cutoff": maybe(record({"sizes": table_of(whole(0, 10**9)), "instances": whole(0, 10**12)})),
    "about": text,
    "induction": record({"over": text, "first": text, "hypothesis": text, "step": text}),
}
HEAD: Mapping[str, Check] = {"format": text, "verdict": one_of("proved", "refuted")}


def certificate(value: Any, at: str, depth: int = 0) -> None:
    """Refuse what is no certificate; one by parts has certificates of its own, and so on a few times."""
    require(isinstance(value, dict), at, "an object was expected")
    if "parts" in value:
        require(depth < DEEPEST, at, "parts of parts, nested too deeply")
        inner = array(lambda each, here: certificate(each, here, depth + 1), 1, MOST_PARTS)
        record({**HEAD, "parts": inner}, SHOWN)(value, at)
        require(value["verdict"] == "proved", at, "a refutation has no parts")
    else:
        refuted = {"witness": witness} if value.get("verdict") == "refuted" and "growth" not in value else {}
        record(
            {**HEAD, "statement": statement, **refuted},
            {**SHOWN, "range": array(case, most=20), "growth": quotient, "witness": witness, "vanishing": steps},
        )(value, at)
