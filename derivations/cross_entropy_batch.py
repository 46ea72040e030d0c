"""The mean cross-entropy of a batch: a row of X and a row of Y for each of N examples, softmax taken row by row."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    define,
    diff,
    dims,
    equal,
    exp,
    grad,
    has_shape,
    index,
    log,
    matrix,
    ones,
    softmax_rows,
    sum_over,
)

N, n = dims("N n")
X, Y = matrix("X", N, n), matrix("Y", N, n)
r, t = index("r", N), index("t", N)
i, j, k = index("i", n), index("j", n), index("k", n)
predicted = define(r"\hat{Y}", softmax_rows(X))
each_sums_to_one = equal(sum_over(i, Y[r, i]), 1)
loss = -sum_over(r, sum_over(i, Y[r, i] * log(predicted[r, i])))
mean_loss = loss / N

rows_sum_to_one = Claim(
    "Each row of the predictions adds up to one.",
    equal(sum_over(i, predicted[r, i]), sum_over(i, exp(X[r, i]) / sum_over(j, exp(X[r, j]))), 1),
    source=sources.bridle_1990,
)
same_share_for_all = Mistake(
    "Every class is taken to have the same share.", of=rows_sum_to_one, answer=n * predicted[r, 1]
)

predictions_as_a_matrix = Claim(
    "The predictions add up to one in each row: as matrices, Yhat 1 = 1.",
    equal(predicted * ones(n), ones(N)),
    source=sources.bridle_1990,
)
number_of_classes = Mistake(
    "Each row adds up to the number of classes.", of=predictions_as_a_matrix, answer=n * ones(N)
)

examples_do_not_mix = Claim(
    "The loss of one example does not depend on another.",
    equal(
        diff(mean_loss, X[t, k]),
        -sum_over(i, Y[t, i] * diff(log(predicted[t, i]), X[t, k])) / N,
        (sum_over(i, Y[t, i]) * predicted[t, k] - Y[t, k]) / N,
    ),
    source=sources.bishop_2006,
)
number_of_examples_forgotten = Mistake(
    "The number of examples is forgotten.",
    of=examples_do_not_mix,
    answer=sum_over(i, Y[t, i]) * predicted[t, k] - Y[t, k],
)
weighted_by_all_targets = Mistake(
    "The targets of all examples are added up.",
    of=examples_do_not_mix,
    answer=(sum_over(r, sum_over(i, Y[r, i])) * predicted[t, k] - Y[t, k]) / N,
)

gradient_of_the_sum = Claim(
    "For rows of Y that sum to one, the gradient of the added losses is prediction minus target.",
    equal(grad(loss, X), predicted - Y),
    given=(each_sums_to_one,),
    source=sources.bishop_2006,
)
divided_without_a_mean = Mistake("It is divided by N.", of=gradient_of_the_sum, answer=(predicted - Y) / N)

gradient = Claim(
    "The gradient of their mean has the factor 1/N.",
    equal(grad(mean_loss, X), (predicted - Y) / N),
    given=(each_sums_to_one,),
    source=sources.bishop_2006,
)
mean_forgotten = Mistake("The mean is taken for the sum.", of=gradient, answer=predicted - Y)
mean_over_the_classes = Mistake("It is divided by the number of classes.", of=gradient, answer=(predicted - Y) / n)
turned_round = Mistake("The difference is turned round.", of=gradient, answer=(Y - predicted) / N)
examples_added = Mistake(
    "The examples are added up.", of=gradient, answer=ones(N).T * (predicted - Y) / N, expect=Misshapen
)

shape_of_the_gradient = Claim("It is shaped like X.", has_shape(grad(mean_loss, X), (N, n)), source=sources.lecun_1998)
examples_as_columns = Mistake(
    "The examples are the columns.", of=shape_of_the_gradient, answer=(n, N), expect=Misshapen
)
