"""Conditions in words: that matrices are symmetric, as in "if A and B are symmetric" and "for symmetric A"."""

from __future__ import annotations

import re

SYMMETRIC = re.compile(r"(?<![A-Za-z-])symmetric(?![A-Za-z])", re.IGNORECASE)
WORD = r"(?:if|when|whenever|for|assuming|assume|given|provided|with|as long as|in case)(?:\s+that)?"
NAME = r"(?:\\math(?:bf|rm)\{[A-Za-z]\}|\\[A-Z][a-z]+|\{\\bf [A-Z]\}|[A-Za-z](?![A-Za-z]))(?:_\{?\w{1,3}\}?)?"
NAMES = rf"{NAME}(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+){NAME})*"
MANY = r"(?:(?:an?|any|all|every|both|the|real|square)\s+)*"
AFTER = rf"{MANY}(?:matri(?:x|ces)\s+)?(?P<first>{NAMES})\s+(?:(?:is|are|be|being)\s+)?(?:both\s+)?{MANY}symmetric"
BEFORE = rf"{MANY}symmetric\s+(?:real\s+)?(?:matri(?:x|ces)\s+)?(?P<second>{NAMES})"
CLAUSE = rf"(?:{AFTER}(?:\s+matri(?:x|ces))?|{BEFORE})"
ALONE = re.compile(rf"\s*\(?\s*(?:{WORD}\s+)?{CLAUSE}\s*\)?\s*[.,:]?\s*", re.IGNORECASE)
WITHIN = re.compile(
    rf"(?:^|(?<=[\s(,])){WORD}\s+{CLAUSE}(?=\s*(?:$|[,:.;)\n]|\b(?:then|we|this|it|the|one|so)\b))", re.IGNORECASE
)
BETWEEN = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+")
SIGNS = re.compile(r"\$|\\[()]|[*_]{2}")
SUPPOSED = re.compile(
    r"(?<![A-Za-z])(?:let|suppose|assume|consider)(?![A-Za-z])[^.;!?\n]{1,80}?symmetric(?![A-Za-z])", re.IGNORECASE
)
HEDGED = re.compile(
    r"(?<![A-Za-z])(?:not|cannot|no|never|nor|without|unless|unlike|except|even|also|only|iff|whether|regardless"
    r"|or|others?(?!\s+(?:hand|words))|otherwise|else|elsewhere|instead|rather|than|like|example|instance|contrast|false|wrong|fails?|violated"
    r"|(?:in|for|of)\s+(?:a\s+)?general|arbitrary|all\s+but|(?-i:but\s+for)|as\s+(?:for|it|with|in))(?![A-Za-z])"
    r"|n't(?![A-Za-z])|e\.g\.",
    re.IGNORECASE,
)
"""Words by which what is said beside them is perhaps no condition: "even if", "not only for", "is false", "or"."""
MOST_NAMES = 8


def is_worded(text: str) -> bool:
    """Whether a text speaks of what is symmetric."""
    return SYMMETRIC.search(text) is not None


def is_hedged(text: str) -> bool:
    """Whether a text may take back the condition that it is about.

    >>> is_hedged("even if"), is_hedged("does not hold"), is_hedged("for all")
    (True, True, False)
    """
    return HEDGED.search(text) is not None


def conditions_in(text: str) -> tuple[str, ...]:
    """The conditions in a sentence that speak of what is symmetric; one that is not understood is the whole text.

    >>> conditions_in("If $A$ is symmetric, then"), conditions_in("We find the gradient:")
    (('If A is symmetric',), ())
    """
    plain = " ".join(SIGNS.sub("", text).split())
    if is_worded(plain) and is_hedged(plain):
        return (plain,)
    found = tuple(match[0] for match in WITHIN.finditer(plain))
    rest = WITHIN.sub("", plain)
    return (*found, *((rest.strip(),) if is_worded(rest) else ()))


def supposed_in(text: str) -> tuple[str, ...]:
    """What a text supposes for all that follows; nothing that a write-up says of itself becomes a hypothesis."""
    return tuple(" ".join(SIGNS.sub("", match[0]).split()) for match in SUPPOSED.finditer(text))


def symmetric_in(text: str) -> tuple[str, ...]:
    """The names that a condition says to be symmetric; none for other words.

    >>> symmetric_in("if A and B are symmetric"), symmetric_in("for symmetric $A$"), symmetric_in("A is not symmetric")
    (('A', 'B'), ('A',), ())
    """
    match = ALONE.fullmatch(SIGNS.sub("", text))
    names = () if match is None else tuple(BETWEEN.split(match["first"] or match["second"]))
    return names if len(names) <= MOST_NAMES else ()
