"""Submissions: whose they are, and which files they consist of; from folders, files, archives and exports of an LMS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from verify.grade.archive import ArchiveError, Member, members
from verify.grade.grade import Text
from verify.read import ReadError, decode
from verify.read.files import ENDINGS
from verify.report.text import visible

# What is no name of a student, at the beginning of a path.
NOWHERE = ("", ".", "..")
# What may hold answers, and is not read: it is for a person.
NOT_READ = (
    *(".pdf", ".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".tif", ".tiff", ".bmp"),
    *(".doc", ".docx", ".odt", ".rtf", ".pages", ".html", ".htm"),
)
LARGEST_FILE = 10_000_000
MOST_FORMULAS = 20_000
LONGEST_NAME = 80
FORMULA = re.compile(r"\$\$|\\\[|\\\\|\\begin|\$")

# name_id_..., as Canvas, Moodle and others write it: whose it is, and which of their files.
EXPORTED = (
    re.compile(r"(?P<who>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)"),
    re.compile(r"(?P<who>[^_]+)(?:_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)"),
    re.compile(r"(?P<who>[^_]+)_(?P<id>\d{2,})_(?P<file>.+)"),
)


@dataclass(frozen=True)
class File:
    """A file of a submission: its name there, and where its bytes are; or why it is left out."""

    name: str
    source: Path | Member
    refused: str | None = None

    def text(self) -> Text:
        """Its text, or why there is none."""
        name = visible(self.name)
        if self.refused is not None:
            return Text(name, "", self.refused)
        try:
            data = self._data()
            if len(data) > LARGEST_FILE:
                return Text(name, "", f"it is larger than {LARGEST_FILE // 1_000_000} MB")
            text = decode(data, name)
        except ReadError as error:
            return Text(name, "", f"{error.line}:{error.column}: {error.says}")
        except (OSError, ArchiveError) as error:
            return Text(name, "", getattr(error, "strerror", None) or str(error))
        if len(FORMULA.findall(text)) > MOST_FORMULAS:
            return Text(name, "", f"more than {MOST_FORMULAS} formulas stand in it")
        return Text(name, text)

    def _data(self) -> bytes:
        if isinstance(self.source, Member):
            return self.source.data(LARGEST_FILE + 1)
        with self.source.open("rb") as file:
            return file.read(LARGEST_FILE + 1)


@dataclass(frozen=True)
class Submission:
    """What one student handed in: a name that is safe to show, the id that an LMS gave, and the files."""

    name: str
    id: str
    files: tuple[File, ...]

    @property
    def folder(self) -> str:
        """A name of a folder, safe on any system, and another for every other submission."""
        safe = re.sub(r"[^A-Za-z0-9._-]+", "_", self.name).strip("._")[:LONGEST_NAME]
        plain = bool(safe) and safe == self.name and safe.lower() == safe
        return safe if plain else f"{safe or 'submission'}-{sha256(self.name.encode(errors='replace')).hexdigest()[:8]}"


def submissions(paths: Sequence[str], *, one: bool = False) -> list[Submission]:
    """The submissions in files, folders and zip archives, in the order of their names.

    A folder in a folder, or in an archive, is one submission; so are files that an LMS names alike, and so is all
    together if it is ``one``. Raises :class:`OSError` for a path that is not there, and :class:`ArchiveError` for an
    archive that is none.
    """
    found: dict[str, list[File]] = {}
    for path in map(Path, paths):
        for owner, file in _files(path):
            found.setdefault("submission" if one else owner, []).append(file)
    return sorted((_submission(owner, files) for owner, files in found.items()), key=lambda each: each.name)


def _submission(owner: str, files: Iterable[File]) -> Submission:
    who = _exported(owner)
    return Submission(
        visible(owner), who[1] if who else visible(owner), tuple(sorted(files, key=lambda each: each.name))
    )


def _files(path: Path) -> Iterator[tuple[str, File]]:
    """The files at a path, each with its owner."""
    if path.is_dir():
        for each in sorted(path.iterdir()):
            if not each.name.startswith("."):
                yield from _in_folder(each)
    elif path.suffix.lower() == ".zip":
        yield from _in_archive(path)
    else:
        path.stat()
        yield _owner(path.stem), File(path.name, path)


def _in_folder(path: Path) -> Iterator[tuple[str, File]]:
    """The files of what stands in a folder of submissions."""
    if path.is_symlink():
        yield _owner(path.stem), File(path.name, path, "it is a link to another place, and is not followed")
    elif path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file() or each.is_symlink())
        for each in inside:
            name = each.relative_to(path).as_posix()
            if any(part.is_symlink() for part in (each, *each.parents) if part != path.parent and path in part.parents):
                yield _owner(path.name), File(name, each, "it is a link to another place, and is not followed")
            elif each.suffix.lower() == ".zip":
                yield from ((_owner(path.name), file) for _, file in _in_archive(each))
            elif _is_answer(name):
                yield _owner(path.name), File(name, each, _unread(name))
    elif path.suffix.lower() == ".zip":
        yield from ((_owner(path.stem), file) for _, file in _in_archive(path, quiet=True))
    elif _is_answer(path.name):
        yield _owner(path.stem), File(path.name, path, _unread(path.name))


def _in_archive(path: Path, *, quiet: bool = False) -> Iterator[tuple[str, File]]:
    """The files of an archive; ``quiet`` for one that a student handed in, which may be broken."""
    try:
        found = members(path)
    except ArchiveError as error:
        if not quiet:
            raise
        yield path.stem, File(path.name, path, str(error))
        return
    folders = {each.name.partition("/")[0] for each in found if "/" in each.name}
    strip = len(folders) == 1 and all("/" in each.name for each in found)
    for each in found:
        name = each.name.partition("/")[2] if strip and each.refused is None else each.name
        first, _, rest = name.partition("/")
        if first in NOWHERE:
            first, rest = Path(name).name, ""
        if each.refused is not None or _is_answer(name):
            yield _owner(first if rest else Path(first).stem), File(rest or first, each, each.refused or _unread(name))


def _is_answer(name: str) -> bool:
    """Whether a file may hold answers."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return name.lower().endswith((*ENDINGS, *NOT_READ)) and not hidden


def _unread(name: str) -> str | None:
    """Why a file is not read."""
    return "a file of this kind is not read" if name.lower().endswith(NOT_READ) else None


def _owner(name: str) -> str:
    """Whose a file or folder of this name is: ``name_id`` where an LMS has named it."""
    found = _exported(name)
    return name if found is None else f"{found[0]}_{found[1]}"


def _exported(name: str) -> tuple[str, str] | None:
    for pattern in EXPORTED:
        found = pattern.fullmatch(name)
        if found is not None:
            return found["who"], found["id"]
    short = re.fullmatch(r"([^_]+)_(\d{2,})", name)
    return None if short is None else (short[1], short[2])
