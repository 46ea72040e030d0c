"""The site: Markdown read by MyST, mathematics set as MathML when it is built, so that nothing is fetched."""

import sys
from pathlib import Path

here = Path(__file__).parent
sys.path[:0] = [str(here), str(here.parent)]

import verify  # noqa: E402 - found by the line above

project = "gradproof"
author = "the gradproof authors"
copyright = author
version = release = verify.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "mathml", "generated", "gallery"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
html_math_renderer = "mathml"
autodoc_typehints = "none"  # the forms of the language would fill a page; that is what mypy reads
exclude_patterns = ["_build", "examples"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = "gradproof"
html_copy_source = False
html_show_sourcelink = False
