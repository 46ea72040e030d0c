"""Attention: each row of the weights is a softmax of inner products, and mixes the rows of the values."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_most,
    define,
    diff,
    dims,
    equal,
    grad,
    index,
    loss,
    matrix,
    max_over,
    ones,
    softmax_rows,
    sum_over,
)

n, m, d = dims("n m d")
Q, K, V = matrix("Q", n, d), matrix("K", n, d), matrix("V", n, m)
i, k, l = index("i", n), index("k", n), index("l", n)
p = index("p", m)
scores = define("S", Q * K.T)
weights = define("P", softmax_rows(scores))
output = define("O", weights * V)
J = loss("J", output)
upstream, by_weights = grad(J, output), grad(J, weights)

rows_add_up = Claim(
    "The weights of each row add up to 1.",
    equal(softmax_rows(Q * K.T) * ones(n), ones(n)),
    source=sources.bridle_1990,
)
columns_add_up = Mistake("Those of each column do.", of=rows_add_up, answer=softmax_rows(Q * K.T).T * ones(n))

no_more_than_the_largest = Claim(
    "What a row mixes is at most the largest of it.",
    at_most(sum_over(l, softmax_rows(Q * K.T)[i, l] * V[l, p]), max_over(l, V[l, p])),
    source=sources.vaswani_2017,
)
more_than_the_largest = Mistake(
    "It is at least that.",
    of=no_more_than_the_largest,
    answer=at_most(max_over(l, V[l, p]), sum_over(l, softmax_rows(Q * K.T)[i, l] * V[l, p])),
)

by_the_values = Claim(
    "The values receive the upstream gradient through the weights, turned round.",
    equal(grad(J, V), weights.T * upstream),
    source=sources.vaswani_2017,
)
not_turned = Mistake("The weights are not turned round.", of=by_the_values, answer=weights * upstream)

by_the_weights = Claim(
    "The weights receive it through the values.", equal(grad(J, weights), upstream * V.T), source=sources.vaswani_2017
)
sign_lost = Mistake("Its sign is lost.", of=by_the_weights, answer=-upstream * V.T)

by_the_scores = Claim(
    "A score receives what its weight does beyond the mean of its row.",
    equal(diff(J, scores[i, k]), weights[i, k] * (by_weights[i, k] - sum_over(l, weights[i, l] * by_weights[i, l]))),
    source=sources.vaswani_2017,
)
mean_forgotten = Mistake("The mean of the row is forgotten.", of=by_the_scores, answer=weights[i, k] * by_weights[i, k])

mean_by_the_output = Claim(
    "That mean is the inner product of a row of the output with its gradient, so that no weights are needed.",
    equal(sum_over(l, weights[i, l] * by_weights[i, l]), sum_over(p, upstream[i, p] * output[i, p])),
    source=sources.dao_2022,
)
product_of_another_row = Mistake(
    "The values stand for the output.",
    of=mean_by_the_output,
    answer=sum_over(p, upstream[i, p] * V[i, p]),
)

by_the_queries = Claim(
    "The queries receive that of the scores through the keys.",
    equal(grad(J, Q), grad(J, scores) * K),
    source=sources.vaswani_2017,
)
queries_not_keys = Mistake("The keys are not used.", of=by_the_queries, answer=grad(J, scores) * Q)

by_the_keys = Claim(
    "The keys receive it through the queries, turned round.",
    equal(grad(J, K), grad(J, scores).T * Q),
    source=sources.vaswani_2017,
)
keys_not_turned = Mistake("It is not turned round.", of=by_the_keys, answer=grad(J, scores) * Q)

order_of_products = Claim(
    "Without a softmax the keys and values may be multiplied first.",
    equal(Q * K.T * V, Q * (K.T * V)),
    source=sources.katharopoulos_2020,
)
order_and_sign = Mistake("It is taken twice.", of=order_of_products, answer=2 * Q * (K.T * V))
