"""Write-ups checked from Python, with results that display themselves in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from verify.language import Judgment
from verify.read import Context, context_of, judged, load_context, read
from verify.report.notebook import Shown, html_of, latex_of
from verify.report.notebook import judged as judged_row
from verify.report.results import CheckedFile
from verify.report.writeup_text import summary, writeup_lines

WIDTH = 88


@dataclass(frozen=True)
class Checked:
    """The judged links of a text, in order; in a notebook a table."""

    file: CheckedFile

    @property
    def judgments(self) -> tuple[Judgment, ...]:
        """The links with their verdicts."""
        return self.file.judgments

    @property
    def passed(self) -> bool:
        """Whether something was checked, and all of it is proved."""
        return self.file.passed

    def __iter__(self) -> Iterator[Judgment]:
        return iter(self.judgments)

    def __len__(self) -> int:
        return len(self.judgments)

    @overload
    def __getitem__(self, at: int) -> Judgment: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Judgment]: ...
    def __getitem__(self, at: int | slice) -> Judgment | Sequence[Judgment]:
        return self.judgments[at]

    def __str__(self) -> str:
        return "\n".join(list(writeup_lines(self.file, WIDTH))[2:])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        shown = Shown((), tuple(map(judged_row, self.judgments)), (summary(self.file),))
        return {"text/plain": str(self), "text/html": html_of(shown), "text/latex": latex_of(shown)}


def check(text: str, context: Context | Mapping[str, object] | Path | None = None, *, path: str = "") -> Checked:
    """The verdict on every link of a text.

    The context is what :func:`~verify.read.read_context` gives, or a mapping as for a single chain, or the path of a
    TOML file. Raises :class:`~verify.read.ReadError` for what is no text, and
    :class:`~verify.read.AssignmentError` for mistakes in the context.

    >>> import verify
    >>> from verify.language import word
    >>> found = verify.check("$$(a + 1)^2 = a^2 + 2a + 1 = a^2 + 1$$", {"names": {"a": "scalar"}})
    >>> [word(each.verdict) for each in found]
    ['proved', 'refuted']
    >>> verify.check("$$a = a$$", {"nmaes": {}})
    Traceback (most recent call last):
    verify.read.errors.AssignmentError: the context: 1 mistake
      nmaes: unknown key; did you mean 'names'?
    """
    known = context if isinstance(context, Context) else _context(context)
    document, judgments = judged(lambda each: read(text, path, each), known)
    return Checked(CheckedFile(path, known.path, document.displays, judgments))


def _context(context: Mapping[str, object] | Path | None) -> Context:
    match context:
        case None:
            return Context()
        case Path():
            return load_context(context)
        case _:
            return context_of(context)
