"""From the statements of a write-up to its steps: chains go on over rows and displays, definitions are kept.

A definition is a link whose left side is a name, or a function of names, that nothing defined before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from verify.language import Expression, Location, Misshapen, Name, Node, Relation, Stated, Undecided, Unreadable
from verify.language.shape import shape_of
from verify.language import describe, same_shape
from verify.read.definitions import Target, defined, target
from verify.read.differential import Layout
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.links import RELATIONS, join, unbound
from verify.read.notes import Misfit
from verify.read.parse import parse
from verify.read.scope import Elementwise, Meaning, Operation, Quantity, Scope, Template
from verify.read.segment import Statement, statements
from verify.read.setting import Setting
from verify.read.sides import Bad, Good, Side, Written, good, read_sides, written
from verify.read.source import Source
from verify.read.step import Repair, Step
from verify.read.suggest import Readings, repairs
from verify.read.syntax import Group, Juxtaposed, Scripted, Symbol, Syntax, spelling
from verify.read.tokens import Token, tokenize
from verify.read.document import Display
from verify.read.sets import read_set

NO_RELATION = "no relation here, so nothing is claimed"
NOTHING_BEFORE = "nothing stands before this relation"


@dataclass
class Chain:
    """The chain that a display may go on with: its sides so far, and the last of them that means something."""

    sides: list[Side] = field(default_factory=list)
    last: Good | None = None
    broken: bool = False
    """Whether the last link was unreadable in a way that the chain cannot go on over."""

    def told(self) -> Mapping[str, Expression]:
        """How far the free indices of its sides run."""
        found: dict[str, Expression] = {}
        for side in self.sides:
            if isinstance(side, Good):
                found = {**side.free, **found}
        return found


class ChainReader:
    """Reads the displays of a write-up in order, and keeps what they define."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.chain: Chain | None = None
        self.section: tuple[str, ...] | None = None
        self.setting: Setting | None = None
        self.own: dict[str, tuple[Token, ...]] = {}
        self.scope = Scope()
        self.defined_here: dict[str, tuple[str, ...]] = {}
        self.added: list[tuple[object, Meaning]] = []
