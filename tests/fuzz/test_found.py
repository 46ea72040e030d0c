"""What the fuzzing found, kept."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from verify.check import check
from verify.grade.archive import ArchiveError, members
from verify.kernel.certificate import certificate
from verify.language import Proved, dims, exp, greater, index, max_over, vector
from verify.recheck import Outcome, recheck


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


def test_an_archive_with_a_name_that_is_no_text_is_broken(tmp_path: Path) -> None:
    """Its directory says that the name is in UTF-8, and where the file begins it is not."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("é.md", "x = x")
    data = bytearray(held.getvalue())
    data[data.index("é".encode())] = 0xF1
    path = tmp_path / "in.zip"
    path.write_bytes(data)
    (member,) = members(path)
    with pytest.raises(ArchiveError, match="broken in the archive"):
        member.data(100)


def test_a_maximum_of_exponentials_is_not_rejected_by_the_second_judge() -> None:
    """The kernel takes it for e to a maximum, of which the judge knows nothing: it tries instances instead."""
    (n,) = dims("n")
    i, x = index("i", n), vector("x", n)
    (link,) = greater(max_over(i, exp(x[i])), 0).links()
    verdict = check(link).verdict
    assert isinstance(verdict, Proved)
    assert recheck(json.loads(json.dumps(certificate(link, verdict)))) is Outcome.TESTED
