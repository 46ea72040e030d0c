"""The table of notations, as Markdown, from the rows by which the reader is tested."""

from collections.abc import Iterator

from commands import ESCAPED

from tests.read.test_notations import REFUSED, ROWS
from verify.report.formulas import clean


def notations_in_markdown() -> str:
    """What is read, how it is set and what it is read as; then what is refused."""
    return "\n".join([*_read(), "", *_refused()])


def _read() -> Iterator[str]:
    yield "## What is read\n"
    yield "| written | read as | |\n|---|---|---|"
    for text, expression, why in ROWS:
        yield f"| {_code(text)} | {_formula(str(expression))} | {why} |"


def _refused() -> Iterator[str]:
    yield "## What is refused\n"
    yield "The column is where the caret stands.\n"
    yield "| written | column | said |\n|---|---|---|"
    for text, column, says in REFUSED:
        yield f"| {_code(text)} | {column} | {says.translate(ESCAPED)} |"


def _formula(source: str) -> str:
    """A formula, or its source where it is none that we can set."""
    return _code(source) if clean(source) is None else f"${source.replace('|', chr(92) + 'vert ')}$"


def _code(text: str) -> str:
    """Source in a cell of a table, in which a bar is the end of a cell."""
    ticks = "``" if "`" in text else "`"
    return f"{ticks}{text.replace('|', chr(92) + '|')}{ticks}"
