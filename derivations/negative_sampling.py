"""Negative sampling: J = -log sigma(u_o^T v_c) - sum_k log sigma(-u_k^T v_c), the u_k being the rows of a matrix N."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    column,
    define,
    delta,
    diff,
    dims,
    equal,
    exp,
    grad,
    index,
    log,
    matrix,
    one_hot,
    ones,
    sigma,
    softplus,
    sum_over,
    vector,
)

# K negative samples, vectors of d entries, V words
K, d, V = dims("K d V")
N, u, v = matrix("N", K, d), vector("u_o", d), vector("v_c", d)
k, a, w = index("k", K), index("a", d), index("w", V)
positive = u.T * v
negatives = N * v
J = define("J", -log(sigma(positive)) - sum_over(k, log(sigma(-negatives)[k])))

loss_by_softplus = Claim(
    "The loss is a sum of softplus values.",
    equal(
        J,
        log(1 + exp(-positive)) + sum_over(k, log(1 + exp(negatives[k]))),
        softplus(-positive) + sum_over(k, softplus(negatives)[k]),
    ),
    source=sources.mikolov_2013_phrases,
)
signs_swapped = Mistake(
    "The signs are swapped.",
    of=loss_by_softplus,
    answer=softplus(positive) + sum_over(k, softplus(-negatives)[k]),
)

center_gradient = Claim(
    "By the center vector: (sigma(u_o^T v_c) - 1) u_o, and for each negative sample sigma(u_k^T v_c) u_k.",
    equal(
        grad(J, v),
        (sigma(positive) - 1) * u - sum_over(k, (sigma(-negatives)[k] - 1) * column(N.T, k)),
        (sigma(positive) - 1) * u + sum_over(k, sigma(negatives)[k] * column(N.T, k)),
        (sigma(positive) - 1) * u + N.T * sigma(negatives),
    ),
    source=sources.goldberg_2014,
)
sign_inside_forgotten = Mistake(
    "The sign inside the logistic function is forgotten.",
    of=center_gradient,
    answer=(sigma(positive) - 1) * u + N.T * (sigma(negatives) - 1),
)
sign_of_the_negatives = Mistake(
    "The negative samples have the wrong sign.",
    of=center_gradient,
    answer=(sigma(positive) - 1) * u - N.T * sigma(negatives),
)
positive_only = Mistake("The negative samples are forgotten.", of=center_gradient, answer=(sigma(positive) - 1) * u)
not_transposed = Mistake(
    "The samples are taken for columns.",
    of=center_gradient,
    answer=(sigma(positive) - 1) * u + N * sigma(negatives),
    expect=Misshapen,
)

output_gradient = Claim(
    "By the output vector: (sigma(u_o^T v_c) - 1) v_c.",
    equal(grad(J, u), -1 / sigma(positive) * sigma.derivative(positive) * v, (sigma(positive) - 1) * v),
    source=sources.goldberg_2014,
)
one_minus = Mistake("The sign is lost.", of=output_gradient, answer=(1 - sigma(positive)) * v)
output_for_center = Mistake(
    "The output vector stands for the center vector.", of=output_gradient, answer=(sigma(positive) - 1) * u
)

negative_gradient = Claim(
    "By the vector of a negative sample: sigma(u_k^T v_c) v_c.",
    equal(
        column(grad(J, N).T, k),
        -(sigma(-negatives)[k] - 1) * v,
        (1 - sigma(-negatives)[k]) * v,
        sigma(negatives)[k] * v,
    ),
    source=sources.goldberg_2014,
)
as_for_the_positive = Mistake(
    "The form of the positive word is used.", of=negative_gradient, answer=(sigma(negatives)[k] - 1) * v
)
negative_sign = Mistake("The sign is flipped.", of=negative_gradient, answer=-sigma(negatives)[k] * v)
summed_over_samples = Mistake(
    "All samples are added up.", of=negative_gradient, answer=sum_over(k, sigma(negatives)[k]) * v
)

negative_gradients = Claim(
    "All negative samples at once: sigma(N v_c) v_c^T.",
    equal(grad(J, N), sigma(negatives) * v.T),
    source=sources.goldberg_2014,
)
factors_swapped = Mistake(
    "The factors are swapped.", of=negative_gradients, answer=v * sigma(negatives).T, expect=Misshapen
)
ones_not_taken_off = Mistake("One is taken off.", of=negative_gradients, answer=(sigma(negatives) - ones(K)) * v.T)

# The samples as S U: the rows of U are the output vectors of all words, and a one-hot row of S chooses one of them.
U, S = matrix("U", V, d), matrix("S", K, V)
o = index("o", V)
own = column(U.T, o).T * v
chosen = S * U * v
J_chosen = define("J", -log(sigma(own)) - sum_over(k, log(sigma(-chosen)[k])))

repeated_negatives = Claim(
    "A word that is drawn more than once counts as often: the samples come back through S^T.",
    equal(
        grad(J_chosen, U),
        (sigma(own) - 1) * one_hot(o, V) * v.T + S.T * sigma(chosen) * v.T,
        ((sigma(own) - 1) * one_hot(o, V) + S.T * sigma(chosen)) * v.T,
    ),
    source=sources.goldberg_2014,
)
own_word_forgotten = Mistake("The positive word is forgotten.", of=repeated_negatives, answer=S.T * sigma(chosen) * v.T)
every_word_once = Mistake(
    "Every word counts once, drawn or not.",
    of=repeated_negatives,
    answer=((sigma(own) - 1) * one_hot(o, V) + sigma(U * v)) * v.T,
)
not_sent_back = Mistake(
    "The samples are not sent back to their words.",
    of=repeated_negatives,
    answer=(sigma(own) - 1) * one_hot(o, V) * v.T + sigma(chosen) * v.T,
    expect=Misshapen,
)

repeated_negative = Claim(
    "For one word: each draw adds a term.",
    equal(
        column(grad(J_chosen, U).T, w),
        (delta(w, o) * (sigma(own) - 1) + sum_over(k, S[k, w] * sigma(chosen)[k])) * v,
    ),
    source=sources.goldberg_2014,
)
counted_once = Mistake(
    "The word counts once, drawn or not.",
    of=repeated_negative,
    answer=(delta(w, o) * (sigma(own) - 1) + sigma(U * v)[w]) * v,
)

center_gradient_of_chosen = Claim(
    "The center vector sees the chosen vectors.",
    equal(grad(J_chosen, v), (sigma(own) - 1) * column(U.T, o) + (S * U).T * sigma(chosen)),
    source=sources.goldberg_2014,
)
all_words = Mistake(
    "All words are taken for chosen.",
    of=center_gradient_of_chosen,
    answer=(sigma(own) - 1) * column(U.T, o) + U.T * sigma(U * v),
)
product_transposed_in_order = Mistake(
    "The transpose of a product keeps the order of its factors.",
    of=center_gradient_of_chosen,
    answer=(sigma(own) - 1) * column(U.T, o) + S.T * U.T * sigma(chosen),
    expect=Misshapen,
)
negative_entries = Claim(
    "Entry by entry.",
    equal(diff(J, N[k, a]), sigma(negatives)[k] * v[a]),
    source=sources.goldberg_2014,
)
sample_entry = Mistake(
    "The entry of the sample stands for that of the center vector.",
    of=negative_entries,
    answer=sigma(negatives)[k] * N[k, a],
)
