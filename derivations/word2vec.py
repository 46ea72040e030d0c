"""word2vec with the full softmax: yhat = softmax(U^T v_c), an output vector u_w of each word being a column of U."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    column,
    cross_entropy,
    define,
    dims,
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
    source=sources.rong_2014,
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
