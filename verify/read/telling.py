"""Mistakes that are told, one after another, while what is right is built all the same."""

from __future__ import annotations

from collections.abc import Callable

from verify.read.errors import ReadError
from verify.read.notes import Misfit

Place = tuple[str, str]
Complain = Callable[[Place, str], None]
"""Told of a mistake: the table and the key in it, and what is wrong."""


class Telling:
    """Tells of what goes wrong inside, and goes on."""

    def __init__(self, complain: Complain, place: Place, text: str | None) -> None:
        self.complain, self.place, self.text = complain, place, text

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        match error:
            case ReadError():
                self.complain(self.place, said(error, self.text))
            case Misfit():
                self.complain(self.place, error.verdict.says)
            case _:
                return False
        return True


def said(error: ReadError, text: str | None) -> str:
    """What an error says, with its place in the text that it is about."""
    return error.says if text is None else f"{error.says}, at column {error.column} of {text!r}"
