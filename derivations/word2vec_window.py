"""Skip-gram and CBOW: sums over a window of C words, given as the rows of a matrix."""

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
    grad,
    has_shape,
    index,
    log,
    matrix,
    ones,
    sigma,
    softmax,
    sum_over,
    total,
    vector,
)

# a window of C words, vectors of d entries, V words; output vectors as the columns of U
C, d, V = dims("C d V")
U, v = matrix("U", d, V), vector("v_c", d)
t, w = index("t", C), index("w", V)

# skip-gram: the center word predicts each word of the window, whose targets are the rows of Y
Y = matrix("Y", C, V)
rows_sum_to_one = equal(sum_over(w, Y[t, w]), 1)
predicted = define(r"\hat{y}", softmax(U.T * v))
skip_gram = sum_over(t, cross_entropy(column(Y.T, t), predicted))

skip_gram_loss = Claim(
    "The loss of the window is the loss of the targets added up.",
    equal(
        skip_gram,
        -sum_over(t, sum_over(w, Y[t, w] * log(predicted[w]))),
        cross_entropy(Y.T * ones(C), predicted),
    ),
    source=sources.mikolov_2013_phrases,
)
one_target = Mistake(
    "One word of the window is counted.", of=skip_gram_loss, answer=cross_entropy(column(Y.T, 1), predicted)
)

skip_gram_center = Claim(
    "The center vector receives the error of every word of the window.",
    equal(
        grad(skip_gram, v),
        sum_over(t, grad(cross_entropy(column(Y.T, t), predicted), v)),
        sum_over(t, U * (predicted - column(Y.T, t))),
        U * (C * predicted - Y.T * ones(C)),
    ),
    given=(rows_sum_to_one,),
    source=sources.rong_2014,
)
prediction_counted_once = Mistake(
    "The prediction is counted once.", of=skip_gram_center, answer=U * (predicted - Y.T * ones(C))
)
mean_over_the_window = Mistake(
    "The window is averaged.", of=skip_gram_center, answer=U * (predicted - Y.T * ones(C) / C)
)

skip_gram_output = Claim(
    "And so do the output vectors.",
    equal(
        grad(skip_gram, U),
        sum_over(t, v * (predicted - column(Y.T, t)).T),
        v * (C * predicted - Y.T * ones(C)).T,
    ),
    given=(rows_sum_to_one,),
    source=sources.rong_2014,
)
targets_counted_once = Mistake("The targets are forgotten.", of=skip_gram_output, answer=C * v * predicted.T)
factors_swapped = Mistake(
    "The factors are swapped.", of=skip_gram_output, answer=(C * predicted - Y.T * ones(C)) * v.T, expect=Misshapen
)

# skip-gram with negative sampling: positive words are the rows of P, negative ones the rows of N, K in all
K = dims("K")[0]
P, N = matrix("P", C, d), matrix("N", K, d)
n = index("n", K)
sampled = -sum_over(t, log(sigma(P * v)[t])) - sum_over(n, log(sigma(-N * v)[n]))

sampled_center = Claim(
    "With negative sampling, the center vector receives P^T (sigma(P v) - 1) + N^T sigma(N v).",
    equal(grad(sampled, v), P.T * (sigma(P * v) - ones(C)) + N.T * sigma(N * v)),
    source=sources.goldberg_2014,
)
window_like_the_samples = Mistake(
    "The window is treated as the samples are.",
    of=sampled_center,
    answer=P.T * sigma(P * v) + N.T * sigma(N * v),
)

sampled_window = Claim(
    "Each word of the window receives its own error times the center vector.",
    equal(grad(sampled, P), (sigma(P * v) - ones(C)) * v.T),
    source=sources.goldberg_2014,
)
window_added_up = Mistake(
    "The errors of the window are added up.",
    of=sampled_window,
    answer=ones(C) * total(sigma(P * v) - ones(C)) * v.T,
)

# CBOW: the words of the window, the rows of X, are added up, and predict the center word
X, y = matrix("X", C, d), vector("y", V)
y_sums_to_one = equal(total(y), 1)
hidden = define(r"\hat{v}", X.T * ones(C))
predicted_c = define(r"\hat{y}", softmax(U.T * hidden))
cbow = cross_entropy(y, predicted_c)

cbow_score = Claim(
    "The score of a word adds up its inner products with the words of the window.",
    equal((U.T * hidden)[w], sum_over(t, column(X.T, t).T * column(U, w)), sum_over(t, (X * U)[t, w])),
    source=sources.mikolov_2013_estimation,
)
first_word_only = Mistake(
    "The first word of the window is counted.", of=cbow_score, answer=column(X.T, 1).T * column(U, w)
)

cbow_hidden = Claim(
    "The sum of the window receives U (yhat - y).",
    equal(grad(cbow, hidden), U * (predicted_c - y)),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
hidden_transposed = Mistake(
    "The vectors are taken for rows.", of=cbow_hidden, answer=U.T * (predicted_c - y), expect=Misshapen
)
hidden_sign = Mistake("The difference is turned round.", of=cbow_hidden, answer=U * (y - predicted_c))

cbow_word = Claim(
    "Every word of the window receives the same.",
    equal(column(grad(cbow, X).T, t), grad(cbow, hidden), U * (predicted_c - y)),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
shared_among_the_window = Mistake(
    "It is shared among the words of the window.", of=cbow_word, answer=U * (predicted_c - y) / C
)

cbow_window = Claim(
    "As a matrix, one row for each word of the window: 1 (U (yhat - y))^T.",
    equal(grad(cbow, X), ones(C) * (U * (predicted_c - y)).T),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
words_as_columns = Mistake(
    "The words are the columns.", of=cbow_window, answer=U * (predicted_c - y) * ones(C).T, expect=Misshapen
)
window_counted = Mistake("The window is counted.", of=cbow_window, answer=C * ones(C) * (U * (predicted_c - y)).T)

cbow_output = Claim(
    "The output vectors receive the sum of the window times the error.",
    equal(grad(cbow, U), hidden * (predicted_c - y).T),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
one_word_of_the_window = Mistake(
    "One word stands for the window.", of=cbow_output, answer=column(X.T, 1) * (predicted_c - y).T
)

cbow_shape = Claim(
    "The window's gradient is shaped like X.", has_shape(grad(cbow, X), (C, d)), source=sources.lecun_1998
)
shaped_like_one_word = Mistake("It is shaped like one word.", of=cbow_shape, answer=(d, 1), expect=Misshapen)

mean = define(r"\bar{v}", X.T * ones(C) / C)
predicted_m = define(r"\hat{y}", softmax(U.T * mean))
cbow_of_the_mean = cross_entropy(y, predicted_m)

mean_window = Claim(
    "With the mean in the place of the sum, each word receives the C-th part.",
    equal(grad(cbow_of_the_mean, X), ones(C) * (U * (predicted_m - y)).T / C),
    given=(y_sums_to_one,),
    source=sources.rong_2014,
)
mean_forgotten = Mistake("The mean is taken for the sum.", of=mean_window, answer=ones(C) * (U * (predicted_m - y)).T)
