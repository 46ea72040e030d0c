"""One hidden layer, in columns: z_1 = W_1 x + b_1, h = f(z_1), yhat = softmax(W_2 h + b_2), J = CE(y, yhat)."""

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
    sigma,
    softmax,
    tanh,
    total,
    vector,
)

D_x, H, D_y = dims("D_x H D_y")
x, y = vector("x", D_x), vector("y", D_y)
W_1, b_1 = matrix("W_1", H, D_x), vector("b_1", H)
W_2, b_2 = matrix("W_2", D_y, H), vector("b_2", D_y)
z_1 = define("z_1", W_1 * x + b_1)
y_sums_to_one = equal(total(y), 1)

# any differentiable f
f = function("f")
h = define("h", f(z_1))
predicted = define(r"\hat{y}", softmax(define("z_2", W_2 * h + b_2)))
J = cross_entropy(y, predicted)
error = define(r"\delta_1", predicted - y)
hidden_error = define(r"\delta_3", hadamard(W_2.T * error, f.derivative(z_1)))

input_gradient = Claim(
    "The input receives the error through both layers, with the slope of f between them.",
    equal(grad(J, x), W_1.T * hidden_error),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
prime_lost = Mistake(
    "The value of f stands for its slope.", of=input_gradient, answer=W_1.T * hadamard(W_2.T * error, h)
)
slope_at_the_value = Mistake(
    "The slope is taken at h, not at z_1.", of=input_gradient, answer=W_1.T * hadamard(W_2.T * error, f.derivative(h))
)
slope_forgotten = Mistake("The slope is forgotten.", of=input_gradient, answer=W_1.T * W_2.T * error)
difference_turned_round = Mistake(
    "The difference is turned round.",
    of=input_gradient,
    answer=W_1.T * hadamard(W_2.T * (y - predicted), f.derivative(z_1)),
)
layers_in_the_wrong_order = Mistake(
    "The layers are in the wrong order.",
    of=input_gradient,
    answer=W_2.T * hadamard(W_1.T * error, f.derivative(z_1)),
    expect=Misshapen,
)

weight_1_gradient = Claim(
    "The first weights receive the hidden error times the input.",
    equal(grad(J, W_1), hidden_error * x.T),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
factors_swapped = Mistake("The factors are swapped.", of=weight_1_gradient, answer=x * hidden_error.T, expect=Misshapen)
not_through_the_second_layer = Mistake(
    "The error does not pass the second layer.",
    of=weight_1_gradient,
    answer=hadamard(error, f.derivative(z_1)) * x.T,
    expect=Misshapen,
)
slope_of_f_forgotten = Mistake("The slope is forgotten.", of=weight_1_gradient, answer=W_2.T * error * x.T)

bias_1_gradient = Claim(
    "The first bias receives the hidden error.",
    equal(grad(J, b_1), hidden_error),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
product_of_matrices = Mistake(
    "The inner product stands for the entrywise one.",
    of=bias_1_gradient,
    answer=(W_2.T * error).T * f.derivative(z_1),
    expect=Misshapen,
)
value_for_slope = Mistake("The prime is lost.", of=bias_1_gradient, answer=hadamard(W_2.T * error, f(z_1)))

weight_2_gradient = Claim(
    "The second weights receive the error times the hidden values.",
    equal(grad(J, W_2), error * h.T),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
input_for_hidden = Mistake(
    "The input stands for the hidden values.", of=weight_2_gradient, answer=error * x.T, expect=Misshapen
)
before_f = Mistake("The hidden values are taken before f.", of=weight_2_gradient, answer=error * z_1.T)

bias_2_gradient = Claim(
    "The second bias receives the error.",
    equal(grad(J, b_2), error),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
sign_flipped = Mistake("The difference is turned round.", of=bias_2_gradient, answer=y - predicted)

# the logistic function, whose slope is h (1 - h)
s = define("h", sigma(z_1))
predicted_s = define(r"\hat{y}", softmax(define("z_2", W_2 * s + b_2)))
J_s = cross_entropy(y, predicted_s)
error_s = define(r"\delta_1", predicted_s - y)
hidden_error_s = define(r"\delta_3", hadamard(W_2.T * error_s, s, 1 - s))

sigmoid_input_gradient = Claim(
    "With the logistic function the slope is h (1 - h).",
    equal(grad(J_s, x), W_1.T * hidden_error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
sigmoid_prime_lost = Mistake(
    "The prime is lost.", of=sigmoid_input_gradient, answer=W_1.T * hadamard(W_2.T * error_s, s)
)
slope_before_sigmoid = Mistake(
    "The slope is written with z_1 in the place of h.",
    of=sigmoid_input_gradient,
    answer=W_1.T * hadamard(W_2.T * error_s, z_1, 1 - z_1),
)

sigmoid_weight_1_gradient = Claim(
    "The first weights receive the hidden error times the input.",
    equal(grad(J_s, W_1), hidden_error_s * x.T),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
one_factor_of_the_slope = Mistake(
    "Only the factor 1 - h is kept.", of=sigmoid_weight_1_gradient, answer=hadamard(W_2.T * error_s, 1 - s) * x.T
)

sigmoid_bias_1_gradient = Claim(
    "The first bias receives the hidden error.",
    equal(grad(J_s, b_1), hidden_error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
slope_of_tanh = Mistake(
    "This is the slope of tanh.", of=sigmoid_bias_1_gradient, answer=hadamard(W_2.T * error_s, 1 - hadamard(s, s))
)

sigmoid_weight_2_gradient = Claim(
    "The second weights receive the error times the hidden values.",
    equal(grad(J_s, W_2), error_s * s.T),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
slope_in_the_second_layer = Mistake(
    "The slope of the hidden layer enters here too.",
    of=sigmoid_weight_2_gradient,
    answer=error_s * hadamard(s, 1 - s).T,
)

sigmoid_bias_2_gradient = Claim(
    "The second bias receives the error.",
    equal(grad(J_s, b_2), error_s),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
slope_of_a_logistic_output = Mistake(
    "The output is treated as logistic, with a squared error.",
    of=sigmoid_bias_2_gradient,
    answer=hadamard(error_s, predicted_s, 1 - predicted_s),
)

# the hyperbolic tangent, whose slope is 1 - h^2
t = define("h", tanh(z_1))
predicted_t = define(r"\hat{y}", softmax(define("z_2", W_2 * t + b_2)))
J_t = cross_entropy(y, predicted_t)
error_t = define(r"\delta_1", predicted_t - y)
hidden_error_t = define(r"\delta_3", hadamard(W_2.T * error_t, 1 - hadamard(t, t)))

tanh_input_gradient = Claim(
    "With the hyperbolic tangent the slope is 1 - h^2.",
    equal(grad(J_t, x), W_1.T * hidden_error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
slope_of_the_logistic = Mistake(
    "This is the slope of the logistic function.",
    of=tanh_input_gradient,
    answer=W_1.T * hadamard(W_2.T * error_t, t, 1 - t),
)

tanh_weight_1_gradient = Claim(
    "The first weights receive the hidden error times the input.",
    equal(grad(J_t, W_1), hidden_error_t * x.T),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
not_squared = Mistake(
    "The square is missing.", of=tanh_weight_1_gradient, answer=hadamard(W_2.T * error_t, 1 - t) * x.T
)

tanh_bias_1_gradient = Claim(
    "The first bias receives the hidden error.",
    equal(grad(J_t, b_1), hidden_error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
square_of_the_norm = Mistake(
    "The inner product h^T h stands for the entrywise square.",
    of=tanh_bias_1_gradient,
    answer=W_2.T * error_t * (1 - t.T * t),
)

tanh_weight_2_gradient = Claim(
    "The second weights receive the error times the hidden values.",
    equal(grad(J_t, W_2), error_t * t.T),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
transposed_outer_product = Mistake(
    "The factors are swapped.", of=tanh_weight_2_gradient, answer=t * error_t.T, expect=Misshapen
)

tanh_bias_2_gradient = Claim(
    "The second bias receives the error.",
    equal(grad(J_t, b_2), error_t),
    given=(y_sums_to_one,),
    source=sources.lecun_1998,
)
target_forgotten = Mistake("The target is forgotten.", of=tanh_bias_2_gradient, answer=predicted_t)
