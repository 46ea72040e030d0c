"""Parts of pages that are made when the site is built, so that they are never out of date.

A page says ``{generated} commands``; what is put there is the Markdown that a function here gives.
"""

from collections.abc import Callable
from typing import Any

from commands import commands_in_markdown
from docutils.nodes import Node
from notations import notations_in_markdown
from schemas import schemas_in_markdown
from shown import shown_in_markdown
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

PARTS: dict[str, Callable[[], str]] = {
    "commands": commands_in_markdown,
    "notations": notations_in_markdown,
    "notebook": shown_in_markdown,
    "schemas": schemas_in_markdown,
}


class Generated(SphinxDirective):
    """A part of a page, by its name."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """The Markdown, parsed as if it stood there."""
        made = PARTS.get(self.arguments[0])
        if made is None:
            raise self.error(f"nothing is generated under the name {self.arguments[0]}; there are {', '.join(PARTS)}")
        return self.parse_text_to_nodes(made(), allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known to Sphinx."""
    app.add_directive("generated", Generated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
