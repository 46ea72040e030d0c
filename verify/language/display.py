"""How values show themselves in a notebook: in the way that is set here by whoever can print them, or as text.

What can be said knows nothing of pages; so the one who knows is told of from above.
"""

from __future__ import annotations

from collections.abc import Callable

Show = Callable[[object], dict[str, str]]

_SHOWN_BY: list[Show] = []


def shown_by(show: Show) -> None:
    """From now on values are shown so: by what gives each its text, by the type of the text."""
    _SHOWN_BY[:] = [show]


def mimebundle(value: object, **_: object) -> dict[str, str]:
    """A value as a notebook asks for it, which is what the classes have as their method.

    >>> mimebundle(1)["text/plain"]
    '1'
    """
    return _SHOWN_BY[-1](value) if _SHOWN_BY else {"text/plain": repr(value)}
