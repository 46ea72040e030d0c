"""Mathematics on the site: LaTeX becomes MathML when the site is built, without scripts, fonts or a network."""

import re
from functools import cache
from typing import Any, NoReturn

from docutils import nodes
from docutils.nodes import Element
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

# Parentheses around what is no taller than a letter; those that grow are set apart from it.
LOW = re.compile(r"\\left\(((?:(?!\\left|\\right|\\frac|\\sum|\\prod|\\int|\\begin|\\max|\\min|\^).)*)\\right\)")
INFINITY = "&#x0221E;"


@cache
def mathml(source: str, display: str = "inline") -> str:
    """A formula as MathML, ``inline`` or as a ``block``."""
    low = source
    while (lower := LOW.sub(r"(\1)", low)) != low:
        low = lower
    # Infinity is a number here and no operator, which would have spaces around it.
    return str(convert(low, display=display)).replace(f"<mo>{INFINITY}</mo>", f"<mi>{INFINITY}</mi>")


def visit_inline(translator: HTML5Translator, node: Element) -> NoReturn:
    """Set a formula within a line."""
    translator.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def visit_display(translator: HTML5Translator, node: Element) -> NoReturn:
    """Set a displayed formula."""
    translator.body.append(f'<div class="math">{mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the renderer ``mathml`` known to Sphinx."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
