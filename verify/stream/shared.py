"""A little memory that two processes share: what one of them is about is there for the other, even when it has died."""

from __future__ import annotations

import mmap
from struct import Struct

LONGEST_PLACE = 4000
HEAD = Struct(">QqI")
"""The number and the name of what is being found, and the length of the place."""


class Shared:
    """What is being found, by its number and the hash of its name, and the place that was come to.

    >>> shared = Shared()
    >>> shared.come_to("line 3")
    >>> shared.begin(1, -5)
    >>> shared.finding, shared.name, shared.place
    (1, -5, 'line 3')
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, HEAD.size + LONGEST_PLACE)

    def begin(self, number: int, name: int) -> None:
        """Say what is being found: the first, the second, and so on."""
        HEAD.pack_into(self._memory, 0, number, name, HEAD.unpack_from(self._memory)[2])

    @property
    def finding(self) -> int:
        """The number of what was begun to be found last; 0 before the first."""
        return int(HEAD.unpack_from(self._memory)[0])

    @property
    def name(self) -> int:
        """The hash of its name."""
        return int(HEAD.unpack_from(self._memory)[1])

    @property
    def place(self) -> str:
        """The place that was come to last, as far as there is room for it."""
        length = HEAD.unpack_from(self._memory)[2]
        return self._memory[HEAD.size : HEAD.size + length].decode(errors="ignore")

    def come_to(self, place: str) -> None:
        """Say to which place was come."""
        data = place.encode(errors="replace")[:LONGEST_PLACE]
        number, name, _ = HEAD.unpack_from(self._memory)
        HEAD.pack_into(self._memory, 0, number, name, len(data))
        self._memory[HEAD.size : HEAD.size + len(data)] = data
