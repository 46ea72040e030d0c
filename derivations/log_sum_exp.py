"""The logarithm of a sum of exponentials, log sum_j e^(x_j): a smooth maximum, and the normalization of the softmax."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    define,
    diag,
    diff,
    dims,
    equal,
    exp,
    grad,
    index,
    jacobian,
    log,
    max_over,
    scalar,
    softmax,
    sum_over,
    vector,
)

(n,) = dims("n")
x, c = vector("x", n), scalar("c")
i, j, k = index("i", n), index("j", n), index("k", n)
mass = sum_over(j, exp(x[j]))
log_mass = define("L", log(mass))
s = softmax(x)

gradient_entries = Claim(
    "By the chain rule, its derivative by an entry is that entry of the softmax.",
    equal(diff(log(mass), x[k]), 1 / mass * diff(mass, x[k]), exp(x[k]) / mass, s[k]),
    source=sources.boyd_2004,
)
inner_derivative_forgotten = Mistake("The inner derivative is forgotten.", of=gradient_entries, answer=1 / mass)
all_entries_derived = Mistake(
    "Every term of the sum is derived, as if all depended on the one entry.", of=gradient_entries, answer=1
)
logarithm_of_each_term = Mistake(
    "The logarithm of a sum is taken for the sum of logarithms.",
    of=gradient_entries,
    answer=diff(sum_over(j, log(exp(x[j]))), x[k]),
)

gradient = Claim("Its gradient is the softmax.", equal(grad(log_mass, x), exp(x) / mass, s), source=sources.boyd_2004)
not_normalized = Mistake("The denominator is forgotten.", of=gradient, answer=exp(x))
logarithm_kept = Mistake("The logarithm is kept.", of=gradient, answer=x - log_mass)

hessian = Claim(
    "Its second derivatives are the Jacobian of the softmax.",
    equal(jacobian(grad(log_mass, x), x), jacobian(s, x), diag(s) - s * s.T),
    source=sources.boyd_2004,
)
hessian_sign = Mistake("The sign of the second term is flipped.", of=hessian, answer=diag(s) + s * s.T)

shift = Claim(
    "A number added to every entry is added to the value.",
    equal(log(sum_over(j, exp(x[j] + c))), log(exp(c) * mass), c + log(mass)),
    source=sources.blanchard_2021,
)
counted_for_every_entry = Mistake("The number is counted for every entry.", of=shift, answer=n * c + log(mass))
shift_forgotten = Mistake("The number is taken to cancel, as it does in the softmax.", of=shift, answer=log(mass))
logarithm_of_the_number = Mistake("The logarithm of the number is added.", of=shift, answer=exp(c) + log(mass))

largest = max_over(j, x[j])
shift_by_the_maximum = Claim(
    "The largest entry may be taken off first, and added again.",
    equal(log(mass), largest + log(sum_over(j, exp(x[j] - largest)))),
    source=sources.blanchard_2021,
)
not_added_again = Mistake(
    "The largest entry is not added again.",
    of=shift_by_the_maximum,
    answer=log(sum_over(j, exp(x[j] - largest))),
)
multiplied_back = Mistake(
    "It is multiplied back, not added.",
    of=shift_by_the_maximum,
    answer=largest * log(sum_over(j, exp(x[j] - largest))),
)

logarithm_of_softmax = Claim(
    "The logarithm of the softmax is the entry less the logarithm of the sum.",
    equal(log(s[i]), log(exp(x[i]) / mass), log(exp(x[i])) - log(mass), x[i] - log_mass),
    source=sources.blanchard_2021,
)
quotient_of_logarithms = Mistake(
    "The logarithm of a quotient is taken for the quotient of logarithms.",
    of=logarithm_of_softmax,
    answer=x[i] / log_mass,
)
sum_of_the_entries = Mistake(
    "The logarithm and the exponentials are cancelled across the sum.",
    of=logarithm_of_softmax,
    answer=x[i] - sum_over(j, x[j]),
)
