"""Chains whose end is right although a link in them is wrong."""

import pytest

from verify.read import judge, read, read_context

CONTEXT = read_context('[names]\na = "scalar"\nb = "scalar"')
RIGHT = "a^2 + 2ab + b^2"


@pytest.mark.parametrize(
    ("text", "notes", "why"),
    [
        (f"(a+b)^2 = a^2 + b^2 = {RIGHT}", [False, True], "two errors that cancel"),
        (f"(a+b)^2 = {RIGHT} = a^2 + b^2", [False, False], "a wrong end"),
        (f"(a+b)^2 = a^2 = b^2 = {RIGHT}", [False, False, True], "three errors"),
        (f"(a+b)^2 = a^2 + b^2 = a^2 + b^2 + 0 = {RIGHT}", [False, False, True], "a right link between"),
        (f"(a+b)^2 = {RIGHT} = (b+a)^2", [False, False], "all is right"),
        (f"(a+b)^2 = a^2 + b^2$$ and so $$= {RIGHT}", [False, True], "over two displays"),
        (f"(a+b)^2 = a^2 + b^2$$ and $$(b+a)^2 = {RIGHT}", [False, False], "two chains"),
    ],
)
def test_right_ends(text: str, notes: list[bool], why: str) -> None:
    found = judge(read(f"$${text}$$", "hw.md", CONTEXT))
    said = [each.suggestion is not None and "the end of this chain is right" in each.suggestion for each in found]
    assert said == notes, why


def test_two_statements_are_no_chain_even_if_one_begins_as_the_other_ends() -> None:
    found = judge(read(r"$$a = 2b$$ so $b = a$; $$(a+b)^2 = a^2 + b^2$$ and $a^2 + b^2 = (a+b)^2$", "hw.md", CONTEXT))
    assert all(each.suggestion is None or "the end of this chain" not in each.suggestion for each in found)
    assert [each.begins for each in found] == [True, True, True, True]
