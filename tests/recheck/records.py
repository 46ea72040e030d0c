"""Records of statements, written down directly: what tests of the second judge's parts are about."""

from __future__ import annotations

import json
from typing import Any

from tests.recheck.nodes import Nodes
from verify.recheck.stated import Stated


class Record(Nodes):
    """The nodes of a statement, and what else is said of it: each keyword replaces what an empty one has."""

    def of(self, left: int, right: int, **said: Any) -> dict[str, Any]:
        """The record, as it is after writing and reading JSON."""
        empty = {
            "relation": "=",
            "indices": [],
            "dimensions": ["m", "n"],
            "given": [],
            "inequalities": [],
            "positive": [],
            "least": [],
            "defined": [],
            "same": [],
            "distinct": [],
            "random": {"variables": [], "moments": [], "independent": []},
        }
        record = {"terms": self.table.nodes, "left": left, "right": right, **empty, **said}
        read: dict[str, Any] = json.loads(json.dumps(record))
        return read

    def stated(self, left: int, right: int, ones: frozenset[str] = frozenset(), **said: Any) -> Stated:
        """The statement."""
        return Stated(self.of(left, right, **said), ones)


def equation(left: int, right: int, *indices: Any) -> dict[str, Any]:
    """A hypothesis."""
    return {"left": left, "right": right, "indices": indices}
