"""What is read again in another context: as when all is read in it, and less."""

from pathlib import Path
from unittest.mock import patch

import pytest

from verify.grade.assignment import load_assignment
from verify.read import Context, load_context, read, read_context
from verify.read.passage import DocumentReader

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
OWN = sorted(path for path in EXAMPLES.glob("*") if path.suffix in (".md", ".tex", ".ipynb"))
SUBMITTED = sorted(path for path in EXAMPLES.glob("submissions/*/*") if path.suffix in (".md", ".tex"))


def context_for(path: Path) -> Context:
    if path in SUBMITTED:
        return load_assignment(EXAMPLES / "assignments" / f"{path.parent.name}.toml").context
    return load_context(path.with_suffix(".toml"))


@pytest.mark.parametrize("path", OWN + SUBMITTED, ids=lambda path: path.name)
def test_each_step_is_read_as_with_all_others(path: Path) -> None:
    context = context_for(path)
    text = path.read_text(encoding="utf-8")
    document = read(text, path.name, context)
    other = context.in_layout("denominator")
    whole = read(text, path.name, other).steps
    for place in {each.at for each in document.steps}:
        alone = [each for each in document.again(other, {place}) if each.at == place]
        assert alone == [each for each in whole if each.at == place]


# What z and q are is said in the first section alone, and the last one has its heading.
TEXT = r"""
# 1
Let $z = W x + b$ and $q = \frac{\partial z}{\partial x} x$.
$$x^T x = x^T x$$
# 2
$$x^T x + 1 = 1 + x^T x$$
# 3
$$\frac{\partial q}{\partial x} = W$$
$$b = b$$
# 1
$$x^T x = x^T x$$
"""
CONTEXT = read_context('[names]\nW = "d x d"\nx = "d"\nb = "d"')


def test_what_is_not_wanted_is_not_read_unless_it_says_something_of_names() -> None:
    document = read(TEXT, "hw.md", CONTEXT)
    wanted = document.steps[4].at
    other = CONTEXT.in_layout("denominator")
    taken: list[int] = []
    steps = DocumentReader.steps

    def counted(reader: DocumentReader, number: int) -> list[object]:
        taken.append(number)
        return steps(reader, number)  # type: ignore[return-value]

    with patch.object(DocumentReader, "steps", counted):
        again = list(document.again(other, {wanted}))
    assert taken == [0, 1, 4]
    assert again[-1] == read(TEXT, "hw.md", other).steps[4] != document.steps[4]
    assert list(document.again(other, ())) == []
