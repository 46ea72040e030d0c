"""What can be said: expressions with their shapes, claims, links and verdicts."""

from verify.language.arithmetic import Add, Dimension, Entry, Mul, Name, Node, Number, Power, Transpose, as_expression
from verify.language.binders import Array, Bound, Delta, Index, Max, Product, Range, Sum
from verify.language.calls import Argument, Call, Defined, Dependent, Derivative, Formula, Opaque, Primitive, Vjp
from verify.language.declare import (
    define,
    dims,
    function,
    index,
    indices,
    loss,
    matrix,
    matrix_of,
    max_over,
    product_over,
    row,
    scalar,
    sum_over,
    total,
    vector,
    vector_of,
)
from verify.language.expression import Expression, Function, Subscript
from verify.language.functions import (
    column,
    cross_entropy,
    delta,
    diag,
    diff,
    exp,
    grad,
    hadamard,
    identity,
    jacobian,
    log,
    norm,
    one_hot,
    ones,
    sigma,
    softmax,
    softplus,
    swish,
    tanh,
    tr,
    vjp,
)
from verify.language.latex import latex
from verify.language.matrices import Diagonal, Hadamard, Matrix, Norm, Trace
from verify.language.shape import Mismatch, Shape, describe, same_shape, shape
from verify.language.claim import Claim, ClaimError, Mistake, Source
from verify.language.link import Chain, Interval, Link, Location, Relation, equal, has_shape, less
from verify.language.verdict import (
    AtLeast,
    Condition,
    Misshapen,
    Nonzero,
    Positive,
    Proved,
    Refuted,
    Replay,
    Stated,
    Undecided,
    Unreadable,
    Verdict,
    Witness,
    word,
)
