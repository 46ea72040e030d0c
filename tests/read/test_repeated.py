"""Displays that are repeated word for word: read once, and as if each were read by itself."""

from pathlib import Path
from unittest.mock import patch

import pytest

from verify.read import Context, context_of, judge, load_context, read
from verify.read.repeated import RepeatingReader
from verify.read.step import Step
from verify.read.tokens import tokenize

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
OWN = sorted(path for path in EXAMPLES.glob("*") if path.suffix in (".md", ".tex"))
NAMES = context_of({"names": {"a": "scalar", "W": "m x n", "x": "n", "y": "m"}})


def plainly(text: str, context: Context) -> tuple[Step, ...]:
    """The steps where no display is kept."""
    with patch.object(RepeatingReader, "_key", lambda *_, **__: None):
        return read(text, "hw.md", context).steps


REPEATED = "$$ a + a = 2a $$\n\n"
TEXTS = [
    (REPEATED * 5, "alone"),
    (REPEATED * 3 + "$$ = 3a $$\n\n" + REPEATED * 2 + "$$ = 2 a \\cdot 1 $$\n", "the next display goes on with it"),
    ("$$ = 2a $$\n\n" * 4, "it goes on with what stands before"),
    ("$$ a = 1 $$\n\n$$ \\Rightarrow a + a = 2 $$\n\n" * 3, "an arrow leads to it"),
    (
        "If $a > 0$ then\n\n" + REPEATED + REPEATED * 3 + "If $a > 0$ then\n\n" + REPEATED,
        "a condition stands before it",
    ),
    (REPEATED * 3 + "# Next\n\n" + REPEATED * 3, "another section"),
    (REPEATED * 3 + "Let $b = a$.\n\n" + REPEATED * 3, "a name was defined between"),
    ("$$ c = a + a $$\n\n" * 4, "a definition, and then links"),
    ("$$ u_i + u_i = 2 u_i $$\n\n" * 4, "names of which nothing is said"),
    ("$$ W x $$\n\n$$ m \\times n \\quad n \\times 1 $$\n\n" * 3, "shapes below"),
    ("$$ W x = $$\n\n" * 4, "what cannot be read has its own place"),
    ("$$ x W = y $$\n\n" * 4, "shapes that do not fit"),
    ("$$\\begin{aligned} a &= a \\\\\n   &= a + 0 \\end{aligned}$$ and  $$ a = a $$\n\n" * 4, "several lines"),
    ("We have $a + a = 2a$ and $a + a = 2a$.\n\n" * 3, "within lines"),
    ("$$ 2 \\sigma(a) = 26(a) $$\n\n" * 4, "other readings"),
]


@pytest.mark.parametrize(("text", "why"), TEXTS, ids=[why for _, why in TEXTS])
@pytest.mark.parametrize("context", [Context(), NAMES], ids=["without names", "with names"])
def test_a_repeated_display_is_read_as_by_itself(text: str, why: str, context: Context) -> None:
    found, expected = read(text, "hw.md", context), plainly(text, context)
    assert found.steps == expected
    assert [step.readings for step in found.steps] == [step.readings for step in expected]
    assert [each.verdict for each in judge(found)] != []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_write_ups_of_which_all_stands_three_times(path: Path) -> None:
    context, text = load_context(path.with_suffix(".toml")), path.read_text(encoding="utf-8") * 3
    assert read(text, "hw.md", context).steps == plainly(text, context)


def test_the_reader_is_asked_twice_and_no_more() -> None:
    with patch("verify.read.chains.tokenize", wraps=tokenize) as asked:
        steps = read(REPEATED * 50, "hw.md", NAMES).steps
    assert len(steps) == 50
    assert asked.call_count == 2
    assert [step.at.line for step in steps] == list(range(1, 100, 2))
