"""A graded batch as a report shows it: figures of the marks, a table of the parts, mistakes with examples.

It is made from the record alone, so that the same results give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.diagnose.words import FOR_GRADER
from verify.report.course import CourseRecord, Doubt, Example, MistakeSpread
from verify.report.distribution import distribution
from verify.report.figure import Figure
from verify.report.formulas import clean
from verify.report.phrase import Code, Formula, Phrase, phrase
from verify.report.sentences import evidence, statement
from verify.report.text import counted, visible

# The mistakes of an answer rather than of a link.
OF_ANSWERS = {
    "form": "The answer does not have the form that is asked for",
    "unfinished": "What is asked for still stands in the answer",
}
SHOWN, NAMED, LONGEST = 40, 3, 600
# The sentences of a grader stand one after another; each begins with what a code says.
BEGIN = r"(?:^|(?<=\. ))"
NEXT = "|".join(map(re.escape, FOR_GRADER.values()))
BODY = (
    r"(?:; (?P<after>.+?) for (?P<before>.+?) makes it right)?: (?P<from>the step would follow from )?"
    rf"(?P<whole>.+?)\.(?= (?:{NEXT})[;:]|$)"
)


@dataclass(frozen=True)
class PartRow:
    """A part in the table: all of it as text."""

    name: str
    points: str
    mean: str
    full: str
    zero: str
    pending: str


@dataclass(frozen=True)
class Made:
    """A mistake as somebody made it."""

    who: str
    where: str
    statement: Phrase
    said: tuple[Phrase, ...]


@dataclass(frozen=True)
class Common:
    """A kind of mistake, with examples."""

    code: str
    says: str
    parts: int
    submissions: int
    made: tuple[Made, ...]


@dataclass(frozen=True)
class ForPerson:
    """What needs a person, in so many submissions."""

    key: str | None
    times: int
    statement: Phrase
    verdict: str | None
    why: Phrase
    where: str | None
    who: str


@dataclass(frozen=True)
class CourseView:
    """The whole of it."""

    title: str
    summary: tuple[str, ...]
    marks: Figure | None
    parts: tuple[PartRow, ...]
    mistakes: tuple[Common, ...]
    links: tuple[ForPerson, ...]
    open: tuple[ForPerson, ...]
    more: int
    unread: tuple[str, ...]
    unread_more: int

    @property
    def person(self) -> bool:
        """Whether anything needs a person."""
        return bool(self.links or self.open or self.unread)


def course_view(record: CourseRecord) -> CourseView:
    """The report on a graded batch."""
    scores = [Fraction(str(each)) for each in record["scores"]]
    doubts = len(record["links"]) + len(record["open"])
    links, reasons = record["links"][:SHOWN], record["open"][:SHOWN]
    return CourseView(
        visible(record["title"]),
        tuple(_summary(record, scores)),
        distribution(scores, Fraction(str(record["points"]))) if scores else None,
        tuple(_rows(record)),
        tuple(map(_common, record["mistakes"])),
        tuple(map(_for_person, links)),
        tuple(map(_for_person, reasons)),
        doubts - len(links) - len(reasons),
        tuple(map(visible, record["unread"][:SHOWN])),
        max(0, len(record["unread"]) - SHOWN),
    )


def _summary(record: CourseRecord, scores: list[Fraction]) -> Iterator[str]:
    missing = record["submissions"] - len(scores)
    yield f"{counted(len(scores), 'submission')} graded{f', {missing} not yet' if missing else ''}."
    if not scores:
        return
    ordered = sorted(scores)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    mean = _two(sum(ordered, Fraction(0)) / len(ordered))
    yield (
        f"Of {_short(record['points'])} points the mean is {mean} and the median {_short(middle)}; "
        f"the least is {_short(ordered[0])} and the most {_short(ordered[-1])}."
    )
    if record["pending"]:
        yield f"In {counted(record['pending'], 'submission')} some points are for a person and not counted yet."


def _rows(record: CourseRecord) -> Iterator[PartRow]:
    for part in record["parts"]:
        many = part["many"]
        yield PartRow(
            visible(part["id"]),
            _short(part["points"]),
            _two(Fraction(str(part["mean"]))) if many else "–",
            _share(part["full"], many),
            _share(part["zero"], many),
            str(part["pending"]),
        )


def _common(mistake: MistakeSpread) -> Common:
    code = mistake["code"]
    return Common(
        code,
        {**FOR_GRADER, **OF_ANSWERS}.get(code, "A mistake of another kind"),
        mistake["parts"],
        mistake["submissions"],
        tuple(_made(each, code) for each in mistake["examples"]),
    )


def _made(example: Example, code: str) -> Made:
    link = example["link"]
    if link is not None:
        said = statement(link["left"], link["relation"], link["right"])
    else:
        said = () if example["answer"] is None else (_formula(example["answer"]),)
    place = "" if link is None or link["at"] is None else f", line {link['at']['line']}"
    return Made(
        visible(example["submission"]),
        visible(f"{example['part']}{place}"),
        said,
        (*(() if link is None else evidence(link)), *told(example["for_grader"], code)),
    )


def _for_person(doubt: Doubt) -> ForPerson:
    names = list(dict.fromkeys(doubt["submissions"]))
    rest = len(names) - NAMED
    return ForPerson(
        doubt["key"],
        len(doubt["submissions"]),
        (_formula(_cut(doubt["text"])),) if doubt["text"] else (),
        doubt["verdict"],
        (_cut(doubt["why"]),) if doubt["verdict"] == "unreadable" else phrase(_cut(doubt["why"])),
        None if doubt["where"] is None else visible(doubt["where"]),
        visible(", ".join(names[:NAMED])) + (f" and {rest} more" if rest > 0 else ""),
    )


def told(for_grader: str, code: str) -> Iterator[Phrase]:
    r"""What a grader is told of one of the mistakes in a part: what makes it right, and what comes of it.

    >>> list(told("A sign is wrong; -a for a makes it right: 1 - a. A term is missing: a + 1.", "sign"))
    [('Right', ' with ', Formula(source='-a'), ' for ', Formula(source='a'), ': ', Formula(source='1 - a'), '.')]
    >>> list(told("A sign is wrong: 1 - a.", "number"))
    []
    """
    found = re.search(rf"{BEGIN}{re.escape(FOR_GRADER.get(code, code))}{BODY}", for_grader)
    if found is None:
        return
    after, before = found["after"], found["before"]
    edit: Phrase = (" with ", _formula(after), " for ", _formula(before)) if after is not None else ()
    yield ("Right", *edit, f": {found['from'] or ''}", _formula(found["whole"]), ".")


def _formula(text: str) -> Formula | Code:
    return Code(visible(text)) if clean(text) is None else Formula(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _share(some: int, many: int) -> str:
    """How many of them, in percent.

    >>> _share(1, 3), _share(0, 0)
    ('33 %', '–')
    """
    return f"{(200 * some + many) // (2 * many)} %" if many else "–"


def _two(value: Fraction) -> str:
    """A number with two digits after the point.

    >>> _two(Fraction(2, 3)), _two(Fraction(1, 8))
    ('0.67', '0.13')
    """
    hundredths = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _short(value: float | Fraction) -> str:
    """A number with no more digits than it has.

    >>> _short(2.0), _short(Fraction(3, 2))
    ('2', '1.5')
    """
    return f"{float(value):g}"
