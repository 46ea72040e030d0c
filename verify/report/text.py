"""How results are set as text: lines of a given width, margins, and the evidence for a verdict in words.

A formula without a space may be wider than the width. Words say what colors say; ``paint`` adds the colors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import wrap

from verify.language import Judgment, Stated, Unreadable
from verify.report.reason import conditions, why

Paint = Callable[[str, str], str]

VERDICTS = ("proved", "refuted", "misshapen", "undecided", "unreadable", "stated")
USUAL_LAYOUT = "mixed"
NARROWEST = 40
REPLACED, NO_BREAK = "\N{REPLACEMENT CHARACTER}", "\N{NO-BREAK SPACE}"
EQUATION = r"\S{1,40} = (?:[(\[][^()\[\]]{1,40}[)\]]|\S{1,40})"
VALUE = r"(?:left|right) [-\d]\S*"
TIED = re.compile(rf"{EQUATION}|{VALUE}|\([^()]{{1,40}}\)|\{{[^{{}}]{{1,20}}\}}")


def plain(text: str, _: str) -> str:
    """The text without color."""
    return text


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "link"), counted(2, "link")
    ('1 link', '2 links')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"


def wrapped(text: str, width: int, indent: str = "", hanging: str = "") -> list[str]:
    """Lines of a text that is broken at spaces alone, so that no command of LaTeX is cut; the later ones hang.

    What reads as one, such as ``x = (0, 1)``, stays on one line.

    >>> wrapped("a narrow column is still forty characters wide, x = (0, 1) or not", 10, "", "  ")
    ['a narrow column is still forty', '  characters wide, x = (0, 1) or not']
    """
    tied = TIED.sub(lambda match: match[0].replace(" ", NO_BREAK), visible(text))
    lines = wrap(
        tied,
        max(width, NARROWEST),
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(NO_BREAK, " ") for line in lines] or [indent]


def visible(text: str) -> str:
    """The text without control characters, which a write-up might use to play tricks on a terminal; as long as it was.

    >>> visible("a" + chr(27) + "[2J" + chr(9) + "b")
    'a�[2J b'
    """
    return "".join(" " if each.isspace() else each if each.isprintable() else REPLACED for each in text)


def evidence(judgment: Judgment) -> Iterator[str]:
    """What must be known of a verdict beyond its word: the witness, the mismatch, the conditions, another reading."""
    verdict = judgment.verdict
    said = None if isinstance(verdict, Stated | Unreadable) else why(verdict)
    if said is not None:
        yield said
    needed = conditions(verdict)
    if needed:
        yield f"where {', '.join(needed)}"
    if judgment.layout not in {None, USUAL_LAYOUT}:
        yield f"in the {judgment.layout} layout"
    if judgment.assumed:
        yield f"read so: {'; '.join(judgment.assumed)}"
    if judgment.suggestion is not None:
        yield judgment.suggestion
