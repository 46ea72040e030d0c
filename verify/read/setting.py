"""What holds in one question: the meaning of names, the conventions for signs, the hypotheses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from verify.language import Link
from verify.read.building import Builder
from verify.read.conventions import LAYOUTS, Conventions, Layout
from verify.read.scope import Scope
from verify.read.telling import Complain


@dataclass(frozen=True)
class Declarations:
    """What an assignment says of one question, as it is written; ``any_layout`` leaves the layout to the write-up."""

    names: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    given: Sequence[str] = ()
    conventions: Conventions = field(default_factory=Conventions)
    any_layout: bool = False


@dataclass(frozen=True)
class Setting:
    """What holds in one question."""

    question: str | None
    scope: Scope
    given: tuple[Link, ...]
    conventions: Conventions = field(default_factory=Conventions)
    any_layout: bool = False
    said: Declarations = field(default_factory=Declarations, compare=False, repr=False)

    @property
    def layout(self) -> Layout:
        """How derivatives by vectors are laid out."""
        return self.conventions.layout

    @cached_property
    def _others(self) -> dict[Layout, Setting]:
        return {self.layout: self}

    def in_layout(self, layout: Layout) -> Setting:
        """The same declarations read in another layout."""
        if layout not in self._others:
            said = replace(self.said, conventions=replace(self.said.conventions, layout=layout))
            self._others[layout] = setting(self.question, said, _silent)
        return self._others[layout]


def _silent(_: tuple[str, str], __: str) -> None:
    """What is wrong was told when the declarations were first read."""


def setting(question: str | None, said: Declarations, complain: Complain) -> Setting:
    """The setting that declarations make; every mistake in them is told to ``complain``."""
    builder = Builder(said.names, said.definitions, said.given, said.conventions, complain)
    scope, given = builder.built()
    return Setting(question, scope, given, said.conventions, said.any_layout, said)


__all__ = ["LAYOUTS", "Complain", "Declarations", "Setting", "setting"]
