"""What the fuzzing found, kept."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from verify.grade.archive import ArchiveError, members


def test_an_archive_whose_directory_lies_about_its_place_is_broken(tmp_path: Path) -> None:
    """Its members would begin before the file does, which the system calls an invalid argument."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.md", "x = x")
    data = bytearray(held.getvalue())
    place = data.rindex(b"PK\x05\x06") + 16
    (begins,) = struct.unpack_from("<I", data, place)
    struct.pack_into("<I", data, place, begins + 7)
    path = tmp_path / "in.zip"
    path.write_bytes(data)
    (member,) = members(path)
    with pytest.raises(ArchiveError, match="broken in the archive"):
        member.data(100)
