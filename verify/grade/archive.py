"""Zip archives from strangers: looked into without unpacking, and refused where they would do harm."""

from __future__ import annotations

import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

MOST_MEMBERS = 100_000
MOST_RATIO = 200
SMALL = 1_000_000
# A place in the file that is no place is an OSError.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    IndexError,
    UnicodeDecodeError,
)


class ArchiveError(ValueError):
    """An archive, or a member of it, cannot be read: says why."""


@dataclass(frozen=True)
class Member:
    """A file in an archive, or why it is left out."""

    archive: Path
    index: int
    name: str
    refused: str | None = None

    def data(self, most: int) -> bytes:
        """At most so many of its bytes. Raises :class:`ArchiveError` if they are broken."""
        try:
            with zipfile.ZipFile(self.archive) as archive, archive.open(archive.infolist()[self.index]) as file:
                return file.read(most)
        except BROKEN as error:
            raise ArchiveError(f"it is broken in the archive: {error}") from error


def members(path: Path) -> list[Member]:
    """The files in an archive, in the order of their names. Raises :class:`ArchiveError` if it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise ArchiveError(f"{path}: this is no zip archive: {error}") from error
    if len(infos) > MOST_MEMBERS:
        raise ArchiveError(f"{path}: more than {MOST_MEMBERS} files are in it")
    found = [Member(path, at, info.filename, _harm(info)) for at, info in enumerate(infos) if not info.is_dir()]
    return sorted(found, key=lambda member: member.name)


def _harm(info: zipfile.ZipInfo) -> str | None:
    """Why a member is left out."""
    name = info.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":":
        return "its name would lead out of the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link to another place, and is not followed"
    if info.flag_bits & 1:
        return "it is encrypted"
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return "it is packed so tightly that it may be a bomb"
    return None
