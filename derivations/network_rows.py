"""One hidden layer, in rows: z_1 = x W_1 + b_1, h = f(z_1), yhat = softmax(h W_2 + b_2), J = CE(y, yhat)."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    cross_entropy,
    define,
    dims,
    equal,
    function,
    grad,
    hadamard,
    matrix,
    row,
    sigma,
    softmax,
    tanh,
    total,
)

D_x, H, D_y = dims("D_x H D_y")
x, y = row("x", D_x), row("y", D_y)
W_1, b_1 = matrix("W_1", D_x, H), row("b_1", H)
W_2, b_2 = matrix("W_2", H, D_y), row("b_2", D_y)
z_1 = define("z_1", x * W_1 + b_1)
y_sums_to_one = equal(total(y), 1)

# any differentiable f
f = function("f")
h = define("h", f(z_1))
predicted = define(r"\hat{y}", softmax(define("z_2", h * W_2 + b_2)))
J = cross_entropy(y, predicted)
error = define(r"\delta_1", predicted - y)
hidden_error = define(r"\delta_3", hadamard(error * W_2.T, f.derivative(z_1)))

input_gradient = Claim(
    "The input receives the error through both layers, with the slope of f between them.",
    equal(grad(J, x), hidden_error * W_1.T),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
prime_lost = Mistake(
    "The value of f stands for its slope.", of=input_gradient, answer=hadamard(error * W_2.T, h) * W_1.T
)
order_of_columns = Mistake(
    "The order is that for columns.", of=input_gradient, answer=W_1.T * hidden_error, expect=Misshapen
)
weights_not_transposed = Mistake(
    "The second weights are not transposed.",
    of=input_gradient,
    answer=hadamard(error * W_2, f.derivative(z_1)) * W_1.T,
    expect=Misshapen,
)
a_column_for_the_row = Mistake(
    "A column for the row.", of=input_gradient, answer=W_1 * hidden_error.T, expect=Misshapen
)

weight_1_gradient = Claim(
    "The first weights receive the input, as a column, times the hidden error.",
    equal(grad(J, W_1), x.T * hidden_error),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
factors_swapped = Mistake("The factors are swapped.", of=weight_1_gradient, answer=hidden_error.T * x, expect=Misshapen)
slope_at_the_value = Mistake(
    "The slope is taken at h, not at z_1.",
    of=weight_1_gradient,
    answer=x.T * hadamard(error * W_2.T, f.derivative(h)),
)

bias_1_gradient = Claim(
    "The first bias receives the hidden error.",
    equal(grad(J, b_1), hidden_error),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
slope_forgotten = Mistake("The slope is forgotten.", of=bias_1_gradient, answer=error * W_2.T)

weight_2_gradient = Claim(
    "The second weights receive the hidden values, as a column, times the error.",
    equal(grad(J, W_2), h.T * error),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
before_f = Mistake("The hidden values are taken before f.", of=weight_2_gradient, answer=z_1.T * error)
input_for_hidden = Mistake(
    "The input stands for the hidden values.", of=weight_2_gradient, answer=x.T * error, expect=Misshapen
)

bias_2_gradient = Claim(
    "The second bias receives the error.",
    equal(grad(J, b_2), error),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
difference_turned_round = Mistake("The difference is turned round.", of=bias_2_gradient, answer=y - predicted)

# the logistic function, whose slope is h (1 - h)
s = define("h", sigma(z_1))
predicted_s = define(r"\hat{y}", softmax(define("z_2", s * W_2 + b_2)))
J_s = cross_entropy(y, predicted_s)
error_s = define(r"\delta_1", predicted_s - y)
hidden_error_s = define(r"\delta_3", hadamard(error_s * W_2.T, s, 1 - s))

sigmoid_input_gradient = Claim(
    "With the logistic function the slope is h (1 - h).",
    equal(grad(J_s, x), hidden_error_s * W_1.T),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
sigmoid_prime_lost = Mistake(
    "The prime is lost.",
    of=sigmoid_input_gradient,
    answer=hadamard(error_s * W_2.T, sigma(z_1)) * W_1.T,
)

sigmoid_weight_1_gradient = Claim(
    "The first weights receive the input, as a column, times the hidden error.",
    equal(grad(J_s, W_1), x.T * hidden_error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
slope_of_the_value = Mistake(
    "The slope is taken at h, not at z_1.",
    of=sigmoid_weight_1_gradient,
    answer=x.T * hadamard(error_s * W_2.T, sigma.derivative(s)),
)

sigmoid_bias_1_gradient = Claim(
    "The first bias receives the hidden error.",
    equal(grad(J_s, b_1), hidden_error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
slope_before_sigmoid = Mistake(
    "The slope is written with z_1 in the place of h.",
    of=sigmoid_bias_1_gradient,
    answer=hadamard(error_s * W_2.T, z_1, 1 - z_1),
)

sigmoid_weight_2_gradient = Claim(
    "The second weights receive the hidden values, as a column, times the error.",
    equal(grad(J_s, W_2), s.T * error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
hidden_not_transposed = Mistake(
    "The hidden values are not transposed.", of=sigmoid_weight_2_gradient, answer=s * error_s, expect=Misshapen
)

sigmoid_bias_2_gradient = Claim(
    "The second bias receives the error.",
    equal(grad(J_s, b_2), error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
error_transposed = Mistake("A column for the row.", of=sigmoid_bias_2_gradient, answer=error_s.T, expect=Misshapen)

# the hyperbolic tangent, whose slope is 1 - h^2
t = define("h", tanh(z_1))
predicted_t = define(r"\hat{y}", softmax(define("z_2", t * W_2 + b_2)))
J_t = cross_entropy(y, predicted_t)
error_t = define(r"\delta_1", predicted_t - y)
hidden_error_t = define(r"\delta_3", hadamard(error_t * W_2.T, 1 - hadamard(t, t)))

tanh_input_gradient = Claim(
    "With the hyperbolic tangent the slope is 1 - h^2.",
    equal(grad(J_t, x), hidden_error_t * W_1.T),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
slope_of_the_logistic = Mistake(
    "This is the slope of the logistic function.",
    of=tanh_input_gradient,
    answer=hadamard(error_t * W_2.T, t, 1 - t) * W_1.T,
)

tanh_weight_1_gradient = Claim(
    "The first weights receive the input, as a column, times the hidden error.",
    equal(grad(J_t, W_1), x.T * hidden_error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
square_before_tanh = Mistake(
    "The square is taken of z_1.",
    of=tanh_weight_1_gradient,
    answer=x.T * hadamard(error_t * W_2.T, 1 - hadamard(z_1, z_1)),
)

tanh_bias_1_gradient = Claim(
    "The first bias receives the hidden error.",
    equal(grad(J_t, b_1), hidden_error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
plus_for_minus = Mistake(
    "A plus for the minus.", of=tanh_bias_1_gradient, answer=hadamard(error_t * W_2.T, 1 + hadamard(t, t))
)

tanh_weight_2_gradient = Claim(
    "The second weights receive the hidden values, as a column, times the error.",
    equal(grad(J_t, W_2), t.T * error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
slope_in_the_second_layer = Mistake(
    "The slope of the hidden layer enters here too.",
    of=tanh_weight_2_gradient,
    answer=(1 - hadamard(t, t)).T * error_t,
)

tanh_bias_2_gradient = Claim(
    "The second bias receives the error.",
    equal(grad(J_t, b_2), error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
target_forgotten = Mistake("The target is forgotten.", of=tanh_bias_2_gradient, answer=predicted_t)
