"""Nodes of a certificate, written down directly: what tests of the second judge's parts are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.recheck.table import Table

N: Any = ((("n",), "1"),)
M: Any = ((("m",), "1"),)
ONE: Any = (((), "1"),)
THREE: Any = (((), "3"),)


def free(symbol: str, over: Any = N) -> Any:
    """A free index."""
    return ("free", symbol, 1, over)


def bound(symbol: str, over: Any = N) -> Any:
    """A bound index."""
    return ("fresh", symbol, 1, over)


def tensor(symbol: str, *axes: Any) -> Any:
    """A variable."""
    return (symbol, axes, 0)


class Nodes:
    """A table that grows: each method gives the place of a node."""

    def __init__(self, summing: Mapping[Any, Any] | None = None) -> None:
        self.table = Table((), summing or {})

    def add(self, *node: Any) -> int:
        return self.table.add(node)

    def number(self, text: str) -> int:
        return self.add("number", text)

    def entry(self, symbol: str, *own: Any) -> int:
        axes = tuple(each[3] if not isinstance(each, int) else N for each in own)
        return self.add("entry", tensor(symbol, *axes), own)

    def plus(self, *places: int) -> int:
        return self.add("add", places)

    def times(self, *places: int) -> int:
        return self.add("mul", places)

    def total(self, index: Any, body: int) -> int:
        return self.add("sum", index, body)

    def power(self, base: int, exponent: int) -> int:
        return self.add("pow", base, exponent)
