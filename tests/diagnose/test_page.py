"""The page about mistakes lists every code with its sentences as they are said."""

from pathlib import Path

from verify.diagnose.codes import CODES
from verify.diagnose.words import FOR_GRADER, FOR_STUDENT

PAGE = Path(__file__).parents[2] / "docs" / "mistakes.md"


def test_every_code_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [f"| `{code}` | {FOR_STUDENT[code]} | {FOR_GRADER[code]}. |" for code in CODES]
    assert [row for row in rows if row not in page] == []
