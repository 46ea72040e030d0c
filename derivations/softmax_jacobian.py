"""The Jacobian of the softmax: the derivative of entry i by x_k is s_i (delta_ik - s_k), with s = softmax(x)."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    define,
    delta,
    diag,
    diff,
    dims,
    distinct,
    equal,
    exp,
    hadamard,
    identity,
    index,
    jacobian,
    log,
    ones,
    softmax,
    sum_over,
    vector,
    vjp,
)

(n,) = dims("n")
x, upstream = vector("x", n), vector("g", n)
i, j, k = index("i", n), index("j", n), index("k", n)
s = define("s", softmax(x))
mass = sum_over(j, exp(x[j]))

jacobian_entries = Claim(
    "By the quotient rule, an entry of the Jacobian is s_i (delta_ik - s_k).",
    equal(
        diff(s[i], x[k]),
        (diff(exp(x[i]), x[k]) * mass - exp(x[i]) * diff(mass, x[k])) / mass**2,
        (delta(i, k) * exp(x[i]) * mass - exp(x[i]) * exp(x[k])) / mass**2,
        delta(i, k) * s[i] - s[i] * s[k],
        s[i] * (delta(i, k) - s[k]),
    ),
    source=sources.bishop_2006,
)
off_the_diagonal_too = Mistake(
    "The form for equal indices stands for all.", of=jacobian_entries, answer=s[i] * (1 - s[k])
)
on_the_diagonal_too = Mistake(
    "The form for different indices stands for all.", of=jacobian_entries, answer=-s[i] * s[k]
)
delta_turned_round = Mistake("The difference is turned round.", of=jacobian_entries, answer=s[i] * (s[k] - delta(i, k)))
logistic_form = Mistake(
    "Every entry is treated as a logistic function of its own.",
    of=jacobian_entries,
    answer=delta(i, k) * s[i] * (1 - s[i]),
)

equal_indices = Claim(
    "For i = k it is s_k (1 - s_k).",
    equal(
        diff(s[i], x[k]),
        exp(x[k]) / mass - exp(x[k]) / mass**2 * exp(x[k]),
        exp(x[k]) / mass - (exp(x[k]) / mass) ** 2,
        exp(x[k]) / mass * (1 - exp(x[k]) / mass),
        s[k] * (1 - s[k]),
    ),
    given=(equal(i, k),),
    source=sources.bridle_1990,
)
factor_lost = Mistake(
    "Factored out, the first term is lost instead of leaving a one.",
    of=equal_indices,
    answer=exp(x[k]) / mass * (exp(x[k]) / mass),
)
sum_is_held_constant = Mistake("The sum in the denominator is held constant.", of=equal_indices, answer=s[k])

different_indices = Claim(
    "For i and k different it is -s_i s_k.",
    equal(
        diff(s[i], x[k]),
        -exp(x[i]) / mass**2 * exp(x[k]),
        -s[i] * s[k],
    ),
    given=(distinct(i, k),),
    source=sources.bridle_1990,
)
nothing_off_the_diagonal = Mistake("The other entries are held constant.", of=different_indices, answer=0)
sign_off_the_diagonal = Mistake("The sign is lost.", of=different_indices, answer=s[i] * s[k])
product_of_the_complements = Mistake(
    "The form for equal indices is used.", of=different_indices, answer=s[i] * (1 - s[k])
)

jacobian_matrix = Claim(
    "As a matrix, the Jacobian is diag(s) - s s^T.",
    equal(jacobian(softmax(x), x), diag(s) - s * s.T),
    source=sources.bridle_1990,
)
inner_product = Mistake("The inner product stands for the outer one.", of=jacobian_matrix, answer=diag(s) - s.T * s)
identity_for_diagonal = Mistake(
    "The identity stands for the diagonal of s.", of=jacobian_matrix, answer=identity(n) - s * s.T
)
diagonal_only = Mistake(
    "The function is taken for an entrywise one.", of=jacobian_matrix, answer=diag(hadamard(s, 1 - s))
)

symmetry = Claim(
    "The Jacobian is symmetric: it is its own transpose.",
    equal(jacobian(s, x).T, jacobian(s, x), diag(s) - s * s.T),
    source=sources.boyd_2004,
)
antisymmetry = Mistake("It is taken to be antisymmetric.", of=symmetry, answer=s * s.T - diag(s))

columns_add_up_to_zero = Claim(
    "Each column of the Jacobian adds up to zero, since the sum of the entries is constant.",
    equal(
        sum_over(i, diff(s[i], x[k])),
        diff(sum_over(i, s[i]), x[k]),
        sum_over(i, s[i] * (delta(i, k) - s[k])),
        s[k] - sum_over(i, s[i]) * s[k],
        0,
    ),
    source=sources.bridle_1990,
)
columns_add_up_to_one = Mistake("As the entries do, it adds up to one.", of=columns_add_up_to_zero, answer=1)
second_term_counted_n_times = Mistake(
    "The second term is counted n times.", of=columns_add_up_to_zero, answer=s[k] - n * s[k]
)

rows_add_up_to_zero = Claim(
    "The vector of ones is sent to zero, since a common shift changes nothing.",
    equal(jacobian(s, x) * ones(n), (diag(s) - s * s.T) * ones(n), s - s, 0 * s),
    source=sources.bridle_1990,
)
ones_are_kept = Mistake("The second term is forgotten.", of=rows_add_up_to_zero, answer=s)

pulled_back = Claim(
    "An upstream gradient g is sent back as s times g minus its mean under s.",
    equal(
        vjp(softmax(x), x, upstream=upstream),
        jacobian(s, x).T * upstream,
        (diag(s) - s * s.T) * upstream,
        hadamard(s, upstream) - s * (s.T * upstream),
        hadamard(s, upstream - s.T * upstream),
    ),
    source=sources.bridle_1990,
)
mean_forgotten = Mistake("The mean is not taken off.", of=pulled_back, answer=hadamard(s, upstream))
entrywise_logistic = Mistake(
    "Each entry is treated as a logistic function of its own.",
    of=pulled_back,
    answer=hadamard(s, 1 - s, upstream),
)

logarithm = Claim(
    "The logarithm of an entry has the derivative delta_ik - s_k.",
    equal(diff(log(s[i]), x[k]), 1 / s[i] * diff(s[i], x[k]), delta(i, k) - s[k]),
    source=sources.bishop_2006,
)
ones_for_the_delta = Mistake("A one stands for the delta.", of=logarithm, answer=1 - s[k])
inner_derivative_forgotten = Mistake("The inner derivative is forgotten.", of=logarithm, answer=1 / s[i])
