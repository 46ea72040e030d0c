"""The full softmax of word2vec, derived by the output vectors u_w: the columns of U, or its rows."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    column,
    cross_entropy,
    define,
    delta,
    diag,
    diff,
    dims,
    distinct,
    equal,
    exp,
    grad,
    index,
    log,
    matrix,
    softmax,
    sum_over,
    total,
    vector,
)

# vectors of d entries for V words
d, V = dims("d V")
U, v, y = matrix("U", d, V), vector("v_c", d), vector("y", V)
a = index("a", d)
o, k, w, i = index("o", V), index("k", V), index("w", V), index("i", V)
predicted = define(r"\hat{y}", softmax(U.T * v))
mass = sum_over(w, exp(column(U, w).T * v))
loss = cross_entropy(y, predicted)
y_sums_to_one = equal(total(y), 1)

log_prediction_by_own_vector = Claim(
    "By the output vector of the word itself, k = o, the logarithm has the gradient v_c (1 - yhat_k).",
    equal(
        column(grad(log(predicted[o]), U), k),
        v - 1 / mass * exp(column(U, k).T * v) * v,
        v - exp(column(U, k).T * v) / mass * v,
        v * (1 - predicted[k]),
    ),
    given=(equal(k, o),),
    source=sources.rong_2014,
)
sum_held_constant = Mistake("The sum below is held constant.", of=log_prediction_by_own_vector, answer=v)
output_for_center = Mistake(
    "The output vector stands for the center vector.",
    of=log_prediction_by_own_vector,
    answer=column(U, k) * (1 - predicted[k]),
)

log_prediction_by_other_vector = Claim(
    "By the output vector of another word it is -v_c yhat_k.",
    equal(
        column(grad(log(predicted[o]), U), k),
        -(1 / mass) * exp(column(U, k).T * v) * v,
        -v * predicted[k],
    ),
    given=(distinct(k, o),),
    source=sources.rong_2014,
)
sign_lost = Mistake("The sign is lost.", of=log_prediction_by_other_vector, answer=v * predicted[k])
other_words_constant = Mistake(
    "Other words are taken to have no part in it.", of=log_prediction_by_other_vector, answer=0 * v
)
same_form_for_all = Mistake(
    "The form for k = o is used.", of=log_prediction_by_other_vector, answer=v * (1 - predicted[k])
)

log_prediction_by_any_vector = Claim(
    "Both cases at once.",
    equal(column(grad(log(predicted[o]), U), k), (delta(k, o) - predicted[k]) * v),
    source=sources.rong_2014,
)
delta_turned_round = Mistake(
    "The difference is turned round.", of=log_prediction_by_any_vector, answer=(predicted[k] - delta(k, o)) * v
)

output_vector_gradient = Claim(
    "So the loss has, by an output vector, the gradient (yhat_k - y_k) v_c.",
    equal(
        column(grad(loss, U), k),
        -sum_over(i, y[i] * column(grad(log(predicted[i]), U), k)),
        -sum_over(i, y[i] * (delta(k, i) - predicted[k]) * v),
        (predicted[k] - y[k]) * v,
    ),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
own_vector_only = Mistake(
    "Only the word's own logarithm is taken to depend on its vector.",
    of=output_vector_gradient,
    answer=-y[k] * (1 - predicted[k]) * v,
)
difference_turned_round = Mistake(
    "The difference is turned round.", of=output_vector_gradient, answer=(y[k] - predicted[k]) * v
)

output_gradient_entries = Claim(
    "Entry by entry.",
    equal(diff(loss, U[a, k]), (predicted[k] - y[k]) * v[a]),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
vector_entry_for_the_center = Mistake(
    "The entry of the output vector stands for that of the center vector.",
    of=output_gradient_entries,
    answer=(predicted[k] - y[k]) * U[a, k],
)

output_gradient = Claim(
    "All output vectors at once, as columns: v_c (yhat - y)^T.",
    equal(grad(loss, U), v * (predicted - y).T),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
factors_swapped = Mistake(
    "The factors are swapped.", of=output_gradient, answer=(predicted - y) * v.T, expect=Misshapen
)
scaled_vectors = Mistake(
    "Each output vector is scaled by its own error.",
    of=output_gradient,
    answer=U * diag(predicted - y),
)

R = matrix("U", V, d)
predicted_r = define(r"\hat{y}", softmax(R * v))
loss_r = cross_entropy(y, predicted_r)

output_gradient_of_rows = Claim(
    "And by all output vectors it is (yhat - y) v_c^T.",
    equal(grad(loss_r, R), (predicted_r - y) * v.T),
    given=(y_sums_to_one,),
    source=sources.goldberg_2014,
)
form_of_columns = Mistake(
    "This is the form for columns.", of=output_gradient_of_rows, answer=v * (predicted_r - y).T, expect=Misshapen
)
prediction_only = Mistake("The target is forgotten.", of=output_gradient_of_rows, answer=predicted_r * v.T)
