r"""The conditions under which a link is claimed: as hypotheses, or as what could not be made one of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from verify.language import (
    Dimension,
    Expression,
    Index,
    Link,
    Misshapen,
    Name,
    Node,
    Proved,
    Relation,
    Undecided,
    Verdict,
)
from verify.language.link import side_text
from verify.read.apply import free_indices, occurs
from verify.read.errors import ReadError
from verify.read.given import assumptions
from verify.read.limits import each_way
from verify.read.notes import Misfit
from verify.read.pieces import Condition
from verify.read.scope import Scope
from verify.read.setting import Setting
from verify.read.step import Step
from verify.read.symmetric import as_symmetry, described
from verify.read.worded import is_worded

MOST_CONDITIONS = 8
SIGNS = {Relation.DISTINCT: r"\ne", Relation.TENDS: r"\to"}


@dataclass(frozen=True)
class Under:
    """Hypotheses, and the conditions that could not be read as such."""

    given: tuple[Link, ...] = ()
    unread: tuple[str, ...] = ()

    def setting(self, setting: Setting) -> Setting:
        """The setting with these hypotheses."""
        return replace(setting, given=(*setting.given, *self.given)) if self.given else setting

    def ways(self, own: Sequence[Link]) -> list[Under]:
        """The same with more hypotheses, once for each way in which something tends to infinity."""
        if not self.given and not own:
            return [self]
        return [replace(self, given=tuple(dict.fromkeys(each))) for each in each_way((*self.given, *own))]

    def noted(self, step: Step) -> Step:
        """The step with what it was claimed under."""
        if not isinstance(step.meaning, Link) or not (self.given or self.unread):
            return step
        shown = tuple(f"where {each.left} {_sign(each)} {side_text(each.right)}" for each in self.given)
        return replace(step, assumed=(*step.assumed, *shown), unread=self._beside())

    def _beside(self) -> str | None:
        if not self.unread:
            return None
        return f"a condition stands beside it, which is not read: {'; '.join(self.unread)}"


def under(conditions: Sequence[Condition], scope: Scope, setting: Setting, told: Mapping[str, Expression]) -> Under:
    """What conditions say of a link in which free indices run as far as is told."""
    given: list[Link] = []
    unread: list[str] = []
    for condition in conditions[:MOST_CONDITIONS]:
        try:
            given += _read(condition, scope, setting, told)
        except (ReadError, Misfit):
            unread.append(condition.text)
    unread += [each.text for each in conditions[MOST_CONDITIONS:]]
    return Under(tuple(dict.fromkeys(given)), tuple(unread))


def _read(condition: Condition, scope: Scope, setting: Setting, told: Mapping[str, Expression]) -> list[Link]:
    if not condition.tokens or is_worded(condition.text):
        return described(condition.text, scope)
    return assumptions(condition.tokens, scope.words, scope, setting.conventions, told, single=True)


def beside(step: Step, verdict: Verdict) -> Verdict:
    """The verdict on a link of which not all is known: what holds without it holds with it, and nothing is refuted."""
    if isinstance(verdict, Proved) or (step.supposed is None and isinstance(verdict, Misshapen)):
        return verdict
    says = step.unread or step.supposed
    return verdict if says is None else Undecided("ambiguous", says)


def is_antecedent(links: Sequence[Link]) -> bool:
    """Whether relations before an arrow say something of bare names, which may hold or not."""
    return bool(links) and all(map(_may_hold, links))


def _may_hold(link: Link) -> bool:
    if not isinstance(link.right, Node):
        return False
    pairs = [(link.left, link.right), (link.right, link.left)]
    if link.relation is Relation.EQUAL:
        pairs = pairs[:1]
    if isinstance(link.left, Index | Dimension) or as_symmetry(link) is not None:
        return True
    return any(isinstance(one, Name) and not free_indices(other) and not occurs(one, other) for one, other in pairs)


def _sign(link: Link) -> str:
    return SIGNS.get(link.relation, str(link.relation))
