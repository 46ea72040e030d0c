"""A function of one number, applied to each entry of a vector: y = f(x) with y_i = f(x_i)."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    delta,
    diag,
    diff,
    dims,
    equal,
    function,
    grad,
    hadamard,
    index,
    jacobian,
    matrix,
    sigma,
    sum_over,
    tanh,
    vector,
    vjp,
)

m, n = dims("m n")
x, z, upstream = vector("x", n), vector("z", n), vector("g", n)
f = function("f")
i, k = index("i", n), index("k", n)

jacobian_entries = Claim(
    "An entry depends on the same entry of the argument, and on no other.",
    equal(diff(f(x)[i], x[k]), diff(f(x[i]), x[k]), f.derivative(x[i]) * delta(i, k), f.derivative(x)[i] * delta(i, k)),
    source=sources.magnus_neudecker_1988,
)
others_count_too = Mistake("Every entry counts.", of=jacobian_entries, answer=f.derivative(x[i]))
value_for_derivative = Mistake("The prime is lost.", of=jacobian_entries, answer=f(x[i]) * delta(i, k))

jacobian_matrix = Claim(
    "The Jacobian is the diagonal matrix of the derivatives.",
    equal(jacobian(f(x), x), diag(f.derivative(x))),
    source=sources.goodfellow_2016,
)
vector_for_matrix = Mistake(
    "The vector of the derivatives stands for the matrix.",
    of=jacobian_matrix,
    answer=f.derivative(x),
    expect=Misshapen,
)
values_on_the_diagonal = Mistake("The prime is lost.", of=jacobian_matrix, answer=diag(f(x)))

pulled_back = Claim(
    "An upstream gradient is multiplied by the derivatives, entry by entry.",
    equal(
        vjp(f(x), x, upstream=upstream),
        jacobian(f(x), x).T * upstream,
        diag(f.derivative(x)) * upstream,
        hadamard(upstream, f.derivative(x)),
    ),
    source=sources.rumelhart_1986,
)
prime_lost = Mistake("The prime is lost.", of=pulled_back, answer=hadamard(upstream, f(x)))
inner_product = Mistake(
    "The inner product stands for the entrywise one.",
    of=pulled_back,
    answer=upstream.T * f.derivative(x),
    expect=Misshapen,
)
derived_at_the_upstream = Mistake(
    "The derivative is taken at the upstream gradient.", of=pulled_back, answer=f.derivative(upstream)
)

logistic = Claim(
    "The Jacobian of the logistic function holds sigma (1 - sigma) on its diagonal.",
    equal(jacobian(sigma(z), z), diag(sigma.derivative(z)), diag(hadamard(sigma(z), 1 - sigma(z)))),
    source=sources.rumelhart_1986,
)
logistic_outer_product = Mistake(
    "The matrix product stands for the entrywise one.", of=logistic, answer=sigma(z) * (1 - sigma(z)).T
)
logistic_as_a_vector = Mistake(
    "The diagonal stands for the matrix.", of=logistic, answer=hadamard(sigma(z), 1 - sigma(z)), expect=Misshapen
)

hyperbolic = Claim(
    "The Jacobian of the hyperbolic tangent holds 1 - tanh^2 on its diagonal.",
    equal(jacobian(tanh(z), z), diag(tanh.derivative(z)), diag(1 - hadamard(tanh(z), tanh(z)))),
    source=sources.lecun_1998,
)
hyperbolic_everywhere = Mistake(
    "The matrix product stands for the entrywise one.", of=hyperbolic, answer=1 - tanh(z) * tanh(z).T
)

A = matrix("A", m, n)
G = matrix("G", m, n)
pulled_back_matrix = Claim(
    "So it is for a matrix, entry by entry.",
    equal(vjp(f(A), A, upstream=G), hadamard(G, f.derivative(A))),
    source=sources.glorot_2010,
)
matrix_prime_lost = Mistake("The prime is lost.", of=pulled_back_matrix, answer=hadamard(G, f(A)))

sum_of_the_entries = Claim(
    "The derivative of the sum of all f(x_i) is the vector of the derivatives.",
    equal(grad(sum_over(i, f(x)[i]), x), f.derivative(x)),
    source=sources.magnus_neudecker_1988,
)
total_of_the_derivatives = Mistake(
    "The derivatives are added up.",
    of=sum_of_the_entries,
    answer=sum_over(i, f.derivative(x)[i]),
    expect=Misshapen,
)
