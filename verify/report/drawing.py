"""Figures drawn with a few lines: paths for LaTeX, with its own fonts for the names, and SVG for pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.report.figure import HEIGHT, WIDTH, Curve, Figure, Point
from verify.report.phrase import Formula, Phrase
from verify.report.readable import in_words
from verify.report.tex import Tex, printed

if TYPE_CHECKING:
    from markupsafe import Markup

DOT = 2.4
# Blue, orange and green that are told apart by those who do not see all colors; pages have theirs in their style.
COLORS = ("0 0.34 0.58", "0.78 0.30 0", "0 0.45 0.33")
BAR = "0.72 0.82 0.90"


def marked_up(text: str) -> Phrase:
    """A text of ours whose formulas stand in dollars.

    >>> marked_up("where $z < 1$")
    ('where ', Formula(source='z < 1'))
    """
    pieces = text.split("$")
    return tuple(Formula(each) if place % 2 else each for place, each in enumerate(pieces) if each)


def drawn(figure: Figure) -> Tex:
    """The figure as a LaTeX picture: its paths in the language of PDF, its words in LaTeX."""
    labels = "".join(
        f"\\put({x},{y}){{\\makebox(0,0)[{corner}]{{\\footnotesize {text}}}}}\n"
        for x, y, corner, text in _labels(figure)
    )
    paths = "\n".join(_paths(figure))
    return Tex(
        f"\\setlength{{\\unitlength}}{{1bp}}\\begin{{picture}}({WIDTH:g},{HEIGHT + 18:g})(0,-18)\n"
        f"\\put(0,0){{\\paths{{{paths}}}}}\n{labels}\\end{{picture}}"
    )


def _labels(figure: Figure) -> Iterator[tuple[float, float, str, str]]:
    for tick in figure.across:
        yield tick.along, -5, "t", f"${tick.text}$"
    for tick in figure.upward:
        yield -5, tick.along, "r", f"${tick.text}$"
    for place, curve in enumerate(figure.curves):
        color = _color(place).replace(" ", ",")
        yield *curve.at, "l", rf"\textcolor[rgb]{{{color}}}{{{printed(marked_up(curve.name)).source}}}"


def _paths(figure: Figure) -> Iterator[str]:
    yield "q 0.5 w 0.5 G"
    yield f"0 0 {WIDTH:g} {HEIGHT:g} re S"
    for tick in figure.across:
        yield f"{tick.along:g} 0 m {tick.along:g} 3 l S"
    for tick in figure.upward:
        yield f"0 {tick.along:g} m 3 {tick.along:g} l S"
    yield "0 G 0 g 1 w 1 j"
    for x, height, width in figure.bars:
        yield f"{BAR} rg {x:g} 0 {width:g} {height:g} re B 0 g"
    for place, curve in enumerate(figure.curves):
        first, *rest = curve.points
        dash = " ".join(f"{each:g}" for each in curve.dash)
        path = " ".join(f"{_pair(each)} l" for each in rest)
        yield f"{_color(place)} RG [{dash}] 0 d {_pair(first)} m {path} S"
    yield "[] 0 d"
    for x, y in figure.dots:
        yield f"{x - DOT:g} {y - DOT:g} {2 * DOT:g} {2 * DOT:g} re f"
    yield "Q"


def _color(place: int) -> str:
    return COLORS[place % len(COLORS)]


def _pair(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


def svg(figure: Figure) -> Markup:
    """The figure as SVG, in the colors of the page; its names are set as words beside it."""
    from markupsafe import Markup

    inside = Markup("\n").join(_shapes(figure))
    box = f"-48 -12 {WIDTH + 60:g} {HEIGHT + 36:g}"
    return Markup('<svg viewBox="{}" role="img" aria-labelledby="figure-{}">\n{}\n</svg>').format(
        box, figure.key, inside
    )


def _shapes(figure: Figure) -> Iterator[Markup]:
    from markupsafe import Markup

    yield Markup('<rect class="frame" x="0" y="0" width="{:g}" height="{:g}"/>').format(WIDTH, HEIGHT)
    for tick in figure.across:
        yield _text(tick.along, -16, "middle", f"${tick.text}$")
    for tick in figure.upward:
        yield _text(-6, tick.along - 4, "end", f"${tick.text}$")
    for x, height, width in figure.bars:
        bar = Markup('<rect class="bar" x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>')
        yield bar.format(x, HEIGHT - height, width, height)
    for place, curve in enumerate(figure.curves):
        kind = f"curve-{place % len(COLORS) + 1}"
        yield _line(curve, kind)
        yield _text(*curve.at, "start", curve.name, kind)
    for x, y in figure.dots:
        yield Markup('<circle cx="{:g}" cy="{:g}" r="3"/>').format(x, HEIGHT - y)


def _line(curve: Curve, kind: str) -> Markup:
    from markupsafe import Markup

    points = " ".join(f"{x:g},{HEIGHT - y:g}" for x, y in curve.points)
    dash = " ".join(f"{each:g}" for each in curve.dash) or "none"
    return Markup('<polyline class="{}" points="{}" stroke-dasharray="{}"/>').format(kind, points, dash)


def _text(x: float, y: float, anchor: str, text: str, kind: str = "tick") -> Markup:
    from markupsafe import Markup

    shown = Markup('<text class="{}" x="{:g}" y="{:g}" text-anchor="{}">{}</text>')
    return shown.format(kind, x, HEIGHT - y, anchor, in_words(marked_up(text)))
