"""The closed union of all forms: what an expression can be."""

from __future__ import annotations

from verify.language.arithmetic import Add, Dimension, Entry, Mul, Name, Number, Power, Transpose
from verify.language.binders import Array, Bound, Delta, Index, Max, Product, Range, Sum
from verify.language.calls import (
    Argument,
    Call,
    Defined,
    Dependent,
    Derivative,
    Formula,
    Opaque,
    Primitive,
    Vjp,
)
from verify.language.kronecker import Kronecker, Paired, Vec
from verify.language.layers import Ascending, Descending, Infinity, Leveled, Member, Recursive, Width
from verify.language.matrices import Diagonal, Hadamard, Matrix, Norm, Trace
from verify.language.moments import Covariance, Expectation, Variance

Subscript = Index | Bound | Number

Layered = Width | Member | Leveled | Recursive | Descending | Ascending | Infinity

Function = Primitive | Opaque | Formula

Expression = (
    Number
    | Dimension
    | Range
    | Name
    | Index
    | Bound
    | Argument
    | Entry
    | Sum
    | Product
    | Max
    | Array
    | Matrix
    | Add
    | Mul
    | Power
    | Transpose
    | Hadamard
    | Kronecker
    | Vec
    | Paired
    | Call
    | Trace
    | Norm
    | Diagonal
    | Expectation
    | Variance
    | Covariance
    | Delta
    | Derivative
    | Vjp
    | Defined
    | Dependent
    | Layered
)
