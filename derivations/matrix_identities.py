"""Identities of vectors and matrices that derivations in this field lean on."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    diag,
    dims,
    equal,
    hadamard,
    index,
    matrix,
    ones,
    sum_over,
    tr,
    vector,
)

m, n, p = dims("m n p")
x, y = vector("x", n), vector("y", n)
A, B, C = matrix("A", m, n), matrix("B", n, p), matrix("C", p, m)
M, S, T = matrix("M", n, n), matrix("S", n, n), matrix("T", n, n)
X = matrix("X", n, m)
i, j, r = index("i", n), index("j", n), index("r", m)

transpose_of_a_product = Claim(
    "A product is transposed factor by factor, in the reverse order.",
    equal((A * B).T, B.T * A.T),
    source=sources.petersen_2012,
)
order_kept = Mistake("The order is kept.", of=transpose_of_a_product, answer=A.T * B.T, expect=Misshapen)

transpose_of_a_square_product = Claim(
    "So it is where either order would fit.", equal((S * T).T, T.T * S.T), source=sources.petersen_2012
)
square_order_kept = Mistake("The order is kept.", of=transpose_of_a_square_product, answer=S.T * T.T)

transpose_of_three = Claim(
    "And for three factors.", equal((A * B * C).T, C.T * B.T * A.T, C.T * (A * B).T), source=sources.petersen_2012
)
two_of_three_reversed = Mistake(
    "Two of the factors are not reversed.", of=transpose_of_three, answer=C.T * A.T * B.T, expect=Misshapen
)

trace_commutes = Claim(
    "The trace of a product does not depend on which factor comes first.",
    equal(tr(A * X), tr(X * A)),
    source=sources.petersen_2012,
)
trace_multiplies = Mistake(
    "The trace of a product is taken for a product of traces.", of=trace_commutes, answer=tr(A * A.T) * tr(X * X.T)
)

trace_is_cyclic = Claim(
    "Of three factors, the first may become the last.",
    equal(tr(A * B * C), tr(B * C * A), tr(C * A * B)),
    source=sources.petersen_2012,
)
not_cyclic_for_two = Mistake(
    "Two of the factors are exchanged.", of=trace_is_cyclic, answer=tr(B * A * C), expect=Misshapen
)

square_trace_is_cyclic = Claim(
    "For square matrices too, only rounds are allowed.",
    equal(tr(M * S * T), tr(S * T * M)),
    source=sources.petersen_2012,
)
exchanged = Mistake("Two of the factors are exchanged.", of=square_trace_is_cyclic, answer=tr(S * M * T))

inner_product_as_a_trace = Claim(
    "An inner product is the trace of the outer product.",
    equal(x.T * y, tr(y * x.T), tr(x * y.T), sum_over(i, x[i] * y[i])),
    source=sources.petersen_2012,
)
outer_product_added_up = Mistake(
    "All entries of the outer product are added up.",
    of=inner_product_as_a_trace,
    answer=ones(n).T * (y * x.T) * ones(n),
)

hadamard_as_a_diagonal_matrix = Claim(
    "The entrywise product with a vector is the product with its diagonal matrix.",
    equal(hadamard(x, y), diag(x) * y, diag(y) * x),
    source=sources.magnus_neudecker_1988,
)
outer_for_entrywise = Mistake(
    "The outer product stands for it.", of=hadamard_as_a_diagonal_matrix, answer=x * y.T, expect=Misshapen
)
inner_for_entrywise = Mistake(
    "The inner product, at every entry, stands for it.",
    of=hadamard_as_a_diagonal_matrix,
    answer=x.T * y * ones(n),
)

diagonal_from_the_left = Claim(
    "A diagonal matrix from the left scales the rows, from the right the columns.",
    equal((diag(x) * A.T)[i, r], x[i] * A[r, i]),
    source=sources.magnus_neudecker_1988,
)
all_rows_added = Mistake(
    "The scales are added up.",
    of=diagonal_from_the_left,
    answer=sum_over(j, x[j] * A[r, i]),
)

diagonals_multiply = Claim(
    "Diagonal matrices commute, and multiply entry by entry.",
    equal(diag(x) * diag(y), diag(y) * diag(x), diag(hadamard(x, y))),
    source=sources.magnus_neudecker_1988,
)
diagonal_of_the_inner_product = Mistake(
    "The inner product stands on the diagonal.",
    of=diagonals_multiply,
    answer=x.T * y * diag(ones(n)),
)
