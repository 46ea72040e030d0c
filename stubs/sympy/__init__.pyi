"""The few parts of SymPy that are used, with their types: SymPy has none."""

from typing import Any

# Ordinary SymPy, which explicit expressions at given sizes are made of.
def __getattr__(name: str) -> Any: ...
