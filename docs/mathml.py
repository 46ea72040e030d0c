"""Mathematics on the site: LaTeX becomes MathML when the site is built, without scripts, fonts or a network."""

from functools import lru_cache
from typing import Any, NoReturn

from docutils import nodes
from docutils.nodes import Element
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


@lru_cache(maxsize=None)
def mathml(source: str, display: str = "inline") -> str:
    """A formula as MathML, ``inline`` or as a ``block``."""
    return str(convert(source, display=display))


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
