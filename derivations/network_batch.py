"""One hidden layer for a batch of rows: Z_1 = X W_1 + 1 b_1, H = f(Z_1), Yhat = softmax(H W_2 + 1 b_2), row by row.

The loss J is the mean cross-entropy of the N rows of Y and Yhat.
"""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    define,
    dims,
    equal,
    function,
    grad,
    hadamard,
    index,
    log,
    matrix,
    ones,
    row,
    sigma,
    softmax_rows,
    sum_over,
    tanh,
)

N, D_x, H, D_y = dims("N D_x H D_y")
X, Y = matrix("X", N, D_x), matrix("Y", N, D_y)
W_1, b_1 = matrix("W_1", D_x, H), row("b_1", H)
W_2, b_2 = matrix("W_2", H, D_y), row("b_2", D_y)
Z_1 = define("Z_1", X * W_1 + ones(N) * b_1)
r, i = index("r", N), index("i", D_y)
rows_sum_to_one = equal(sum_over(i, Y[r, i]), 1)

# any differentiable f
f = function("f")
F = define("F", f(Z_1))
predicted = define(r"\hat{Y}", softmax_rows(define("Z_2", F * W_2 + ones(N) * b_2)))
J = -sum_over(r, sum_over(i, Y[r, i] * log(predicted[r, i]))) / N
error = define(r"\Delta_1", (predicted - Y) / N)
hidden_error = define(r"\Delta_3", hadamard(error * W_2.T, f.derivative(Z_1)))

input_gradient = Claim(
    "Each input receives its own error through both layers, with the slope of f between them.",
    equal(grad(J, X), hidden_error * W_1.T),
    given=(rows_sum_to_one,),
    source=sources.glorot_2010,
)
prime_lost = Mistake(
    "The value of f stands for its slope.", of=input_gradient, answer=hadamard(error * W_2.T, F) * W_1.T
)
mean_forgotten = Mistake(
    "The mean is taken for the sum.",
    of=input_gradient,
    answer=hadamard((predicted - Y) * W_2.T, f.derivative(Z_1)) * W_1.T,
)

weight_1_gradient = Claim(
    "The first weights add up the products of input and hidden error over the examples.",
    equal(grad(J, W_1), X.T * hidden_error),
    given=(rows_sum_to_one,),
    source=sources.glorot_2010,
)
inputs_not_transposed = Mistake(
    "The inputs are not transposed.", of=weight_1_gradient, answer=X * hidden_error, expect=Misshapen
)
slope_at_the_value = Mistake(
    "The slope is taken at the hidden values.",
    of=weight_1_gradient,
    answer=X.T * hadamard(error * W_2.T, f.derivative(F)),
)

bias_1_gradient = Claim(
    "The first bias receives the rows of the hidden error added up.",
    equal(grad(J, b_1), ones(N).T * hidden_error),
    given=(rows_sum_to_one,),
    source=sources.glorot_2010,
)
rows_not_added = Mistake("The rows are not added up.", of=bias_1_gradient, answer=hidden_error, expect=Misshapen)
mean_taken_twice = Mistake("The mean is taken twice.", of=bias_1_gradient, answer=ones(N).T * hidden_error / N)

weight_2_gradient = Claim(
    "The second weights add up the products of hidden values and error over the examples.",
    equal(grad(J, W_2), F.T * error),
    given=(rows_sum_to_one,),
    source=sources.glorot_2010,
)
before_f = Mistake("The hidden values are taken before f.", of=weight_2_gradient, answer=Z_1.T * error)
examples_forgotten = Mistake("The number of examples is forgotten.", of=weight_2_gradient, answer=F.T * (predicted - Y))

bias_2_gradient = Claim(
    "The second bias receives the rows of the error added up.",
    equal(grad(J, b_2), ones(N).T * error),
    given=(rows_sum_to_one,),
    source=sources.glorot_2010,
)
difference_turned_round = Mistake(
    "The difference is turned round.", of=bias_2_gradient, answer=ones(N).T * (Y - predicted) / N
)
columns_added = Mistake(
    "The columns are added up, not the rows.", of=bias_2_gradient, answer=error * ones(D_y), expect=Misshapen
)

# the logistic function, whose slope is S (1 - S), entry by entry
S = define("S", sigma(Z_1))
predicted_s = define(r"\hat{Y}", softmax_rows(define("Z_2", S * W_2 + ones(N) * b_2)))
J_s = -sum_over(r, sum_over(i, Y[r, i] * log(predicted_s[r, i]))) / N
error_s = define(r"\Delta_1", (predicted_s - Y) / N)
hidden_error_s = define(r"\Delta_3", hadamard(error_s * W_2.T, S, 1 - S))

sigmoid_input_gradient = Claim(
    "With the logistic function the slope is S (1 - S), entry by entry.",
    equal(grad(J_s, X), hidden_error_s * W_1.T),
    given=(rows_sum_to_one,),
    source=sources.rumelhart_1986,
)
sigmoid_prime_lost = Mistake(
    "The prime is lost.", of=sigmoid_input_gradient, answer=hadamard(error_s * W_2.T, S) * W_1.T
)

sigmoid_weight_1_gradient = Claim(
    "The first weights add up the products of input and hidden error over the examples.",
    equal(grad(J_s, W_1), X.T * hidden_error_s),
    given=(rows_sum_to_one,),
    source=sources.rumelhart_1986,
)
slope_of_tanh = Mistake(
    "This is the slope of tanh.",
    of=sigmoid_weight_1_gradient,
    answer=X.T * hadamard(error_s * W_2.T, 1 - hadamard(S, S)),
)

sigmoid_bias_1_gradient = Claim(
    "The first bias receives the rows of the hidden error added up.",
    equal(grad(J_s, b_1), ones(N).T * hidden_error_s),
    given=(rows_sum_to_one,),
    source=sources.rumelhart_1986,
)
sum_for_the_mean = Mistake(
    "The mean is taken for the sum.",
    of=sigmoid_bias_1_gradient,
    answer=ones(N).T * hadamard((predicted_s - Y) * W_2.T, S, 1 - S),
)

sigmoid_weight_2_gradient = Claim(
    "The second weights add up the products of hidden values and error over the examples.",
    equal(grad(J_s, W_2), S.T * error_s),
    given=(rows_sum_to_one,),
    source=sources.rumelhart_1986,
)
factors_swapped = Mistake(
    "The factors are swapped.", of=sigmoid_weight_2_gradient, answer=error_s.T * S, expect=Misshapen
)

sigmoid_bias_2_gradient = Claim(
    "The second bias receives the rows of the error added up.",
    equal(grad(J_s, b_2), ones(N).T * error_s),
    given=(rows_sum_to_one,),
    source=sources.rumelhart_1986,
)
targets_forgotten = Mistake(
    "The targets are forgotten.", of=sigmoid_bias_2_gradient, answer=ones(N).T * predicted_s / N
)

# the hyperbolic tangent, whose slope is 1 - T^2, entry by entry
T = define("T", tanh(Z_1))
predicted_t = define(r"\hat{Y}", softmax_rows(define("Z_2", T * W_2 + ones(N) * b_2)))
J_t = -sum_over(r, sum_over(i, Y[r, i] * log(predicted_t[r, i]))) / N
error_t = define(r"\Delta_1", (predicted_t - Y) / N)
hidden_error_t = define(r"\Delta_3", hadamard(error_t * W_2.T, 1 - hadamard(T, T)))

tanh_input_gradient = Claim(
    "With the hyperbolic tangent the slope is 1 - T^2, entry by entry.",
    equal(grad(J_t, X), hidden_error_t * W_1.T),
    given=(rows_sum_to_one,),
    source=sources.lecun_1998,
)
slope_of_the_logistic = Mistake(
    "This is the slope of the logistic function.",
    of=tanh_input_gradient,
    answer=hadamard(error_t * W_2.T, T, 1 - T) * W_1.T,
)

tanh_weight_1_gradient = Claim(
    "The first weights add up the products of input and hidden error over the examples.",
    equal(grad(J_t, W_1), X.T * hidden_error_t),
    given=(rows_sum_to_one,),
    source=sources.lecun_1998,
)
not_squared = Mistake(
    "The square is missing.", of=tanh_weight_1_gradient, answer=X.T * hadamard(error_t * W_2.T, 1 - T)
)

tanh_bias_1_gradient = Claim(
    "The first bias receives the rows of the hidden error added up.",
    equal(grad(J_t, b_1), ones(N).T * hidden_error_t),
    given=(rows_sum_to_one,),
    source=sources.lecun_1998,
)
slope_forgotten = Mistake("The slope is forgotten.", of=tanh_bias_1_gradient, answer=ones(N).T * (error_t * W_2.T))

tanh_weight_2_gradient = Claim(
    "The second weights add up the products of hidden values and error over the examples.",
    equal(grad(J_t, W_2), T.T * error_t),
    given=(rows_sum_to_one,),
    source=sources.lecun_1998,
)
mean_over_the_hidden_units = Mistake(
    "The mean is taken over the hidden units.", of=tanh_weight_2_gradient, answer=T.T * (predicted_t - Y) / H
)

tanh_bias_2_gradient = Claim(
    "The second bias receives the rows of the error added up.",
    equal(grad(J_t, b_2), ones(N).T * error_t),
    given=(rows_sum_to_one,),
    source=sources.lecun_1998,
)
sign_flipped = Mistake("The sign is flipped.", of=tanh_bias_2_gradient, answer=-ones(N).T * error_t)
