r"""Proves and grades derivations: the public names, each loaded when it is first used.

>>> from verify import Claim, dims, equal, matrix, vector
>>> m, n = dims("m n")
>>> W, x = matrix("W", m, n), vector("x", n)
>>> print(Claim("A product is transposed factor by factor.", equal((W * x).T, x.T * W.T)).statement)
\left(W x\right)^T = x^T W^T
>>> from verify import gradient_of_everything
Traceback (most recent call last):
ImportError: cannot import name 'gradient_of_everything' from 'verify' ...
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

# SymPy computes with FLINT's numbers, or with Python's, according to what is installed, and chooses once, when it is
# first imported. Python's are taken everywhere, so that results and step counts are the same on every machine; the
# kernel calls FLINT itself where that pays. Who imported SymPy before this package has chosen already.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")

if TYPE_CHECKING:
    from verify.language import (
        Claim,
        ClaimError,
        Misshapen,
        Mistake,
        Proved,
        Refuted,
        Source,
        Stated,
        Undecided,
        Unreadable,
        ascending,
        at_least,
        at_most,
        between,
        column,
        covariance,
        cross_entropy,
        define,
        definition,
        delta,
        descending,
        diag,
        diff,
        dims,
        distinct,
        equal,
        exp,
        expectation,
        family,
        fraction,
        function,
        grad,
        greater,
        hadamard,
        has_shape,
        identity,
        independent,
        index,
        indices,
        jacobian,
        kronecker,
        latex,
        less,
        log,
        loss,
        matrix,
        matrix_of,
        max_over,
        member,
        norm,
        one_hot,
        ones,
        oo,
        product_over,
        random,
        recursion,
        row,
        scalar,
        shape,
        sigma,
        softmax,
        softmax_rows,
        softplus,
        sum_over,
        swish,
        tanh,
        tends_to,
        total,
        tr,
        variance,
        vec,
        vector,
        vector_of,
        vjp,
        widths,
    )
    from verify.report.interactive import check

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "ClaimError",
    "Misshapen",
    "Mistake",
    "Proved",
    "Refuted",
    "Source",
    "Stated",
    "Undecided",
    "Unreadable",
    "ascending",
    "at_least",
    "at_most",
    "between",
    "check",
    "column",
    "covariance",
    "cross_entropy",
    "define",
    "definition",
    "delta",
    "descending",
    "diag",
    "diff",
    "dims",
    "distinct",
    "equal",
    "exp",
    "expectation",
    "family",
    "fraction",
    "function",
    "grad",
    "greater",
    "hadamard",
    "has_shape",
    "identity",
    "independent",
    "index",
    "indices",
    "jacobian",
    "kronecker",
    "latex",
    "less",
    "log",
    "loss",
    "matrix",
    "matrix_of",
    "max_over",
    "member",
    "norm",
    "one_hot",
    "ones",
    "oo",
    "product_over",
    "random",
    "recursion",
    "row",
    "scalar",
    "shape",
    "sigma",
    "softmax",
    "softmax_rows",
    "softplus",
    "sum_over",
    "swish",
    "tanh",
    "tends_to",
    "total",
    "tr",
    "variance",
    "vec",
    "vector",
    "vector_of",
    "vjp",
    "widths",
]


def __getattr__(name: str) -> object:
    if name == "check":
        import_module("verify.language.display").shown_by(_in_notebooks)
        return import_module("verify.check")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import_module("verify.language.display").shown_by(_in_notebooks)
    return getattr(import_module("verify.language"), name)


def _in_notebooks(value: object) -> dict[str, str]:
    """What a notebook shows of a value; it is imported when the first one is shown."""
    bundle: dict[str, str] = import_module("verify.report.notebook").bundle(value)
    return bundle


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
