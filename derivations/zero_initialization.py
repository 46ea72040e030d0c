"""All parameters zero, a one-hot target: the gradients are neither all zero nor all small."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    between,
    cross_entropy,
    define,
    dims,
    equal,
    fraction,
    grad,
    index,
    member,
    one_hot,
    softmax,
    vector_of,
)

# every hidden unit gives a half, and passes through weights that are 0
(n,) = dims("n")
i, o = index("i", n), index("o", n)
b = define("b_2", vector_of(i, 0))
J = cross_entropy(one_hot(o, n), softmax(b))

own_class = Claim(
    "The bias of the class itself receives 1/n - 1.",
    equal(grad(J, b)[o], softmax(b)[o] - 1, 1 / n - 1),
    source=sources.bridle_1990,
)
of_another_class = Mistake("This is what another class receives.", of=own_class, answer=1 / n)

nothing = Mistake("It receives nothing if there is no other class.", of=own_class, answer=0)

two = fraction(2, 1)
k, q = index("k", two), index("q", two)
c = define("b_2", vector_of(k, 0))
J_of_two = cross_entropy(one_hot(q, two), softmax(c))
two_classes = Claim(
    "With two classes it is minus a half.", equal(grad(J_of_two, c)[q], fraction(-1, 2)), source=sources.bridle_1990
)
very_small = Mistake(
    "That is not small.",
    of=two_classes,
    answer=member(grad(J_of_two, c)[q], between(fraction(-1, 10), fraction(1, 10))),
)
