"""word2vec with the full softmax: yhat = softmax(U^T v_c), U holding an output vector u_w of each word as a column."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    column,
    cross_entropy,
    define,
    delta,
    diff,
    dims,
    distinct,
    equal,
    exp,
    grad,
    index,
    log,
    matrix,
    one_hot,
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
loss_of_one_hot = cross_entropy(one_hot(o, V), predicted)
y_sums_to_one = equal(total(y), 1)

prediction = Claim(
    "The prediction of a word is the softmax of the inner products.",
    equal(predicted[o], exp((U.T * v)[o]) / sum_over(w, exp((U.T * v)[w])), exp(column(U, o).T * v) / mass),
    source=sources.mikolov_2013_phrases,
)
inner_product_alone = Mistake("The exponentials are forgotten.", of=prediction, answer=column(U, o).T * v)
one_term_below = Mistake(
    "The sum below is taken inside the exponential.",
    of=prediction,
    answer=exp(column(U, o).T * v) / exp(sum_over(w, column(U, w).T * v)),
)

log_prediction = Claim(
    "Its logarithm is the inner product less the logarithm of the sum.",
    equal(log(predicted[o]), log(exp(column(U, o).T * v) / mass), column(U, o).T * v - log(mass)),
    source=sources.goldberg_2014,
)
logarithm_inside_the_sum = Mistake(
    "The logarithm is taken inside the sum.",
    of=log_prediction,
    answer=column(U, o).T * v - sum_over(w, column(U, w).T * v),
)

log_prediction_by_center = Claim(
    "By the center vector, its gradient is u_o less the mean of the output vectors.",
    equal(
        grad(log(predicted[o]), v),
        column(U, o) - 1 / mass * sum_over(k, exp(column(U, k).T * v) * column(U, k)),
        column(U, o) - sum_over(k, exp(column(U, k).T * v) / mass * column(U, k)),
        column(U, o) - sum_over(k, predicted[k] * column(U, k)),
    ),
    source=sources.mikolov_2013_phrases,
)
mean_not_weighted = Mistake(
    "The mean is not weighted.",
    of=log_prediction_by_center,
    answer=column(U, o) - sum_over(k, column(U, k)) / V,
)
own_word_only = Mistake(
    "The sum is taken to depend on the own word only.",
    of=log_prediction_by_center,
    answer=(1 - predicted[o]) * column(U, o),
)

center_gradient_of_one_hot = Claim(
    "For the word o, the loss has the gradient -u_o plus the mean of the output vectors, U (yhat - y).",
    equal(
        grad(loss_of_one_hot, v),
        -sum_over(i, one_hot(o, V)[i] * (column(U, i) - sum_over(k, predicted[k] * column(U, k)))),
        -column(U, o) + sum_over(k, predicted[k] * column(U, k)),
        U * (predicted - one_hot(o, V)),
    ),
    source=sources.rong_2014,
)
sign_of_the_mean = Mistake(
    "The mean has the wrong sign.",
    of=center_gradient_of_one_hot,
    answer=-column(U, o) - sum_over(k, predicted[k] * column(U, k)),
)
turned_round = Mistake(
    "The difference is turned round.", of=center_gradient_of_one_hot, answer=U * (one_hot(o, V) - predicted)
)
weights_forgotten = Mistake(
    "The output vectors are added up as they are.",
    of=center_gradient_of_one_hot,
    answer=-column(U, o) + sum_over(k, column(U, k)),
)

center_gradient = Claim(
    "For any target that sums to one it is U (yhat - y).",
    equal(grad(loss, v), U * (predicted - y)),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
transposed = Mistake(
    "The vectors are taken for rows.", of=center_gradient, answer=U.T * (predicted - y), expect=Misshapen
)
target_forgotten = Mistake("The target is forgotten.", of=center_gradient, answer=U * predicted)

center_gradient_of_any_target = Claim(
    "Without that hypothesis the prediction is weighted by the sum of y.",
    equal(grad(loss, v), U * (total(y) * predicted - y)),
    source=sources.rong_2014,
)
hypothesis_forgotten = Mistake(
    "This holds only where y sums to one.", of=center_gradient_of_any_target, answer=U * (predicted - y)
)

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
    answer=U * (predicted - y) * (predicted - y).T,
)

R = matrix("U", V, d)
predicted_r = define(r"\hat{y}", softmax(R * v))
loss_r = cross_entropy(y, predicted_r)

center_gradient_of_rows = Claim(
    "With the output vectors as rows, the gradient by the center vector is U^T (yhat - y).",
    equal(grad(loss_r, v), R.T * (predicted_r - y)),
    given=(y_sums_to_one,),
    source=sources.goldberg_2014,
)
rows_not_transposed = Mistake(
    "The vectors are taken for columns.", of=center_gradient_of_rows, answer=R * (predicted_r - y), expect=Misshapen
)
target_minus_prediction = Mistake(
    "The difference is turned round.", of=center_gradient_of_rows, answer=R.T * (y - predicted_r)
)

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
