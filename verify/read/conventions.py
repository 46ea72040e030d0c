r"""What signs mean where several meanings are in use: layout, products, sums, nabla, norm, softmax, prime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Layout = Literal["mixed", "denominator", "numerator"]
LAYOUTS: tuple[Layout, ...] = ("mixed", "denominator", "numerator")

Operation = Literal["matrix", "hadamard", "outer", "kronecker"]
Sums = Literal["explicit", "einstein"]
Norms = Literal["euclidean", "frobenius"]
Softmaxes = Literal["", "rows", "columns"]
Primes = Literal["", "transpose"]


@dataclass(frozen=True)
class Conventions:
    r"""How the signs of one question are read.

    ``operators`` says what a sign of a product (``*``, ``\cdot``, ``\otimes``, ``juxtaposition``) means where
    that is not the usual; ``sums`` whether an index that stands twice is summed over; ``nabla`` by what a
    nabla without a subscript derives; ``norm`` what bars mean around a matrix; ``softmax`` along what the
    softmax of a matrix is taken; ``prime`` that a prime on a vector or a matrix transposes it.
    """

    layout: Layout = "mixed"
    operators: Mapping[str, str] = field(default_factory=dict)
    sums: str = "explicit"
    nabla: str | None = None
    norm: str = "euclidean"
    softmax: str = ""
    prime: str = ""
