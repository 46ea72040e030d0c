"""What a notebook shows, as Markdown: the HTML of the first value on the page on notebooks, its formulas set."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from mathml import mathml

PAGE = Path(__file__).parent / "how-to" / "notebooks.md"
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"\$([^$<>]+)\$")


def shown_in_markdown() -> str:
    """The table that stands for ``checked`` in a notebook."""
    code = CODE.search(PAGE.read_text(encoding="utf-8"))
    assert code is not None
    known: dict[str, Any] = {}
    exec(code[1], known)  # noqa: S102 - our own page
    html: str = known["checked"]._repr_mimebundle_()["text/html"]
    shown = FORMULA.sub(lambda found: mathml(unescape(found[1])), html)
    return f'```{{raw}} html\n<div class="notebook">{shown}</div>\n```\n'
