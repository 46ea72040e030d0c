"""What a figure is: curves and bars in a frame, in units of the page; LaTeX and pages draw the same lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]

WIDTH, HEIGHT = 300.0, 170.0
SOLID, DASHED, DOTTED = (), (6, 3), (1.5, 2.5)


@dataclass(frozen=True)
class Curve:
    """A line through points, in units of the page, and its name beside a place."""

    points: tuple[Point, ...]
    dash: tuple[float, ...]
    name: str
    at: Point


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: how far along it, and what stands there, in LaTeX."""

    along: float
    text: str


@dataclass(frozen=True)
class Figure:
    """Curves in a frame; dots stand where something is to be seen. Names and the caption hold formulas in dollars."""

    key: str
    caption: str
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]
    curves: tuple[Curve, ...]
    dots: tuple[Point, ...] = ()
    bars: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True)
class Frame:
    """From values to the page: the least and largest value of each axis."""

    left: float
    right: float
    low: float
    high: float

    def at(self, x: float, y: float) -> Point:
        """A point on the page, in its units, rounded so that every machine draws the same."""
        across = (x - self.left) / (self.right - self.left) * WIDTH
        return round(across, 2), round((y - self.low) / (self.high - self.low) * HEIGHT, 2)

    def curve(
        self, function: Callable[[float], float], dash: tuple[float, ...], name: str, at: Point, steps: int = 160
    ) -> Curve:
        """The graph of a function."""
        xs = [self.left + (self.right - self.left) * step / steps for step in range(steps + 1)]
        return self.line([(x, function(x)) for x in xs], dash, name, at)

    def line(self, values: list[Point], dash: tuple[float, ...], name: str, at: Point) -> Curve:
        """A line through values."""
        return Curve(tuple(self.at(*each) for each in values), dash, name, self.at(*at))

    def across(self, *ticks: tuple[float, str]) -> tuple[Tick, ...]:
        """Marks on the axis that goes across."""
        return tuple(Tick(self.at(value, self.low)[0], text) for value, text in ticks)

    def upward(self, *ticks: tuple[float, str]) -> tuple[Tick, ...]:
        """Marks on the axis that goes upward."""
        return tuple(Tick(self.at(self.left, value)[1], text) for value, text in ticks)
