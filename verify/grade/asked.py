"""What a part asks for and what answers it, as expressions in the setting of its question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sympy.core.basic import Basic

from verify.grade.forms import FORMS, Known, known_in, preorder
from verify.grade.parts import Part
from verify.language import (
    Defined,
    Dependent,
    Dimension,
    Expression,
    Link,
    Misshapen,
    Name,
    Node,
    Relation,
    Stated,
    Undecided,
    Unreadable,
    Verdict,
)
from verify.read import Context, ReadError, judge_step, read_chain
from verify.read.apply import free_indices, substituted
from verify.read.conventions import Layout
from verify.read.given import relevant
from verify.read.setting import Setting
from verify.read.step import Meaning, Step


@dataclass(frozen=True)
class Asked:
    """A part in the setting of its question.

    ``subject`` is what is asked for, ``answer`` what answers it. A name that is left open has no expression, and is
    known by its text. ``forbidden`` are the names that must not stand in an answer.
    """

    part: Part
    setting: Setting
    subject: Expression | None
    answer: Expression
    step: Step
    forbidden: Mapping[str, Basic] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        """The names of the assignment in this question."""
        return known_in(self.setting.scope)

    @cached_property
    def subjects(self) -> frozenset[Basic]:
        """What is asked for, and what that stands for where it is a name."""
        if self.subject is None:
            return frozenset()
        meaning = self.subject.meaning if isinstance(self.subject, Defined) and not self.subject.arguments else None
        return frozenset({self.subject} if meaning is None else {self.subject, meaning})

    @property
    def is_open_name(self) -> bool:
        """Whether a name is asked for that the assignment leaves open, or only declares."""
        return isinstance(self.step.meaning, Stated | Undecided)

    def in_layout(self, layout: Layout) -> Asked | None:
        """This part in another layout, where its own answer may be wrong; nothing if it cannot be read there."""
        setting = self.setting.in_layout(layout)
        step = read_chain(f"{self.part.asks} = {self.part.answer}", Context(general=setting)).steps[0]
        subject, value = step.values
        if not isinstance(subject, Node):
            return None
        return Asked(self.part, setting, subject, value if isinstance(value, Node) else self.answer, step)

    def matched(self, step: Step) -> Asked | None:
        """This part as the left side of a step asks for it, its indices named as there; nothing if it does not."""
        left = step.values[0]
        if not isinstance(left, Node) or self.subject is None:
            return self if left is None and plain(step.left) == plain(self.part.asks) else None
        if left in self.subjects or (isinstance(left, Defined) and left.meaning in self.subjects):
            return self
        ours, theirs = free_indices(self.subject), free_indices(left)
        if not ours or [each.dimension for each in ours] != [each.dimension for each in theirs]:
            return None
        renamed: dict[Node, Node] = dict(zip(ours, theirs, strict=True))
        subject = substituted(self.subject, renamed)
        if subject != left:
            return None
        return replace(self, subject=subject, answer=substituted(self.answer, renamed))

    def link(self, value: Expression) -> Link:
        """The claim that a value is the answer."""
        return Link(self.answer, Relation.EQUAL, value, relevant(self.setting.given, self.answer, value))

    def derived(self, value: Expression) -> Link | None:
        """The claim that a value is what is asked for."""
        if self.subject is None:
            return None
        return Link(self.subject, Relation.EQUAL, value, relevant(self.setting.given, self.subject, value))

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the answer of the assignment itself is right."""
        return judge_step(replace(self.step, repair=tuple)).verdict


def asked(part: Part, setting: Setting) -> Asked:
    """A part in its setting; raises :class:`ReadError` where its formulas mean nothing there."""
    steps = read_chain(f"{part.asks} = {part.answer}", Context(general=setting)).steps
    if len(steps) != 1:
        raise ReadError(f"asks and answer are one formula each, and no chain: {part.asks} = {part.answer}")
    subject, answer = steps[0].values
    if not isinstance(answer, Node):
        raise ReadError(f"answer: {_says(steps[0].meaning)}")
    if not isinstance(subject, Node) and not isinstance(steps[0].meaning, Stated | Undecided):
        raise ReadError(f"asks: {_says(steps[0].meaning)}")
    forbidden = {word: _name(word, setting) for word in part.form if word not in FORMS}
    return Asked(part, setting, subject if isinstance(subject, Node) else None, answer, steps[0], forbidden)


def _name(word: str, setting: Setting) -> Basic:
    """What a name means that a form forbids; raises :class:`ReadError` where it is none."""
    value = read_chain(f"{word} = 1", Context(general=setting)).steps[0].values[0]
    if not isinstance(value, Name | Defined | Dependent | Dimension):
        raise ReadError(f"form: {word!r} is no name here, and none of {', '.join(FORMS)}")
    return value


def _says(meaning: Meaning) -> str:
    return meaning.says if isinstance(meaning, Unreadable | Undecided | Misshapen) else "it is no formula"


def plain(text: str) -> str:
    r"""A formula without spaces, and without what changes the size of its brackets.

    >>> plain(r"\left( \delta \right)") == plain(r"(\delta)")
    True
    """
    for command in (r"\left", r"\right", r"\bigl", r"\bigr", r"\,", r"\;", r"\!", " "):
        text = text.replace(command, "")
    return text


def mentions(value: Basic, others: frozenset[Basic]) -> bool:
    """Whether one of some expressions stands in a value, its names unfolded."""
    return any(node in others for node in preorder(value))
