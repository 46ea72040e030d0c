"""The chain rule through one hidden layer, step by step: delta_1 to delta_4, and products of Jacobians in order."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    cross_entropy,
    define,
    diag,
    dims,
    equal,
    function,
    grad,
    hadamard,
    has_shape,
    jacobian,
    loss,
    matrix,
    row,
    sigma,
    softmax,
    total,
    vector,
)

D_x, H, D_y = dims("D_x H D_y")

# rows, with the logistic function: h = sigma(x W_1 + b_1), yhat = softmax(h W_2 + b_2)
x, y = row("x", D_x), row("y", D_y)
W_1, b_1 = matrix("W_1", D_x, H), row("b_1", H)
W_2, b_2 = matrix("W_2", H, D_y), row("b_2", D_y)
z = define("z", x * W_1 + b_1)
h = define("h", sigma(z))
scores = define(r"\theta", h * W_2 + b_2)
predicted = define(r"\hat{y}", softmax(scores))
J = cross_entropy(y, predicted)
y_sums_to_one = equal(total(y), 1)
delta_1 = define(r"\delta_1", predicted - y)
delta_2 = define(r"\delta_2", delta_1 * W_2.T)
delta_3 = define(r"\delta_3", hadamard(delta_2, sigma.derivative(z)))
delta_4 = define(r"\delta_4", delta_3 * W_1.T)

first_step = Claim(
    "delta_1, the derivative by what the softmax is taken of, is prediction minus target.",
    equal(grad(J, scores), delta_1, predicted - y),
    given=(y_sums_to_one,),
    source=sources.bridle_1990,
)
target_minus_prediction = Mistake("The difference is turned round.", of=first_step, answer=y - predicted)

second_step = Claim(
    "delta_2, the derivative by the hidden values, is delta_1 W_2^T.",
    equal(grad(J, h), grad(J, scores) * jacobian(scores, h), delta_2, (predicted - y) * W_2.T),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
weights_not_transposed = Mistake(
    "The weights are not transposed.", of=second_step, answer=delta_1 * W_2, expect=Misshapen
)
weights_for_the_bias = Mistake("The bias is taken along.", of=second_step, answer=(delta_1 + b_2) * W_2.T)

third_step = Claim(
    "delta_3, the derivative by z, is delta_2 times the slope, entry by entry.",
    equal(grad(J, z), grad(J, h) * jacobian(h, z), delta_3, hadamard(delta_2, h, 1 - h)),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
prime_lost = Mistake("The prime is lost.", of=third_step, answer=hadamard(delta_2, sigma(z)))
slope_at_the_value = Mistake("The slope is taken at h.", of=third_step, answer=hadamard(delta_2, sigma.derivative(h)))
inner_product = Mistake(
    "The inner product stands for the entrywise one.",
    of=third_step,
    answer=delta_2 * sigma.derivative(z).T,
    expect=Misshapen,
)

fourth_step = Claim(
    "delta_4, the derivative by the input, is delta_3 W_1^T.",
    equal(grad(J, x), grad(J, z) * jacobian(z, x), delta_4),
    given=(y_sums_to_one,),
    source=sources.glorot_2010,
)
third_step_left_out = Mistake("The slope is left out.", of=fourth_step, answer=delta_2 * W_1.T)

jacobian_of_the_first_layer = Claim(
    "With outputs as rows, the Jacobian of z = x W_1 + b_1 is W_1^T.",
    equal(jacobian(z, x), W_1.T),
    source=sources.magnus_neudecker_1988,
)
other_layout = Mistake("This is the other layout.", of=jacobian_of_the_first_layer, answer=W_1, expect=Misshapen)

jacobian_with_inputs_as_rows = Claim(
    "With inputs as rows it is W_1.", equal(jacobian(z, x).T, W_1), source=sources.magnus_neudecker_1988
)
outputs_as_rows = Mistake(
    "This is the first layout again.", of=jacobian_with_inputs_as_rows, answer=W_1.T, expect=Misshapen
)

product_for_the_input = Claim(
    "The row of the derivatives by x is a product of Jacobians, from the loss to the input.",
    equal(
        grad(J, x),
        grad(J, predicted) * jacobian(predicted, scores) * jacobian(scores, h) * jacobian(h, z) * jacobian(z, x),
    ),
    source=sources.rumelhart_1986,
)
softmax_left_out = Mistake(
    "The Jacobian of the softmax is left out.",
    of=product_for_the_input,
    answer=grad(J, predicted) * jacobian(scores, h) * jacobian(h, z) * jacobian(z, x),
)
from_the_input = Mistake(
    "The factors stand in the order in which the input passes them.",
    of=product_for_the_input,
    answer=jacobian(z, x) * jacobian(h, z) * jacobian(scores, h) * jacobian(predicted, scores) * grad(J, predicted),
    expect=Misshapen,
)

# columns, any differentiable f at both layers: y_l = f(z_l), z_l = W_l y_(l-1) + b_l
f = function("f")
y_0 = vector("y_0", D_x)
V_1, c_1 = matrix("W_1", H, D_x), vector("b_1", H)
V_2, c_2 = matrix("W_2", D_y, H), vector("b_2", D_y)
z_1 = define("z_1", V_1 * y_0 + c_1)
y_1 = define("y_1", f(z_1))
z_2 = define("z_2", V_2 * y_1 + c_2)
y_2 = define("y_2", f(z_2))

product_for_the_first_weights = Claim(
    "The derivative of the output by the first weights, with three axes, is a product of Jacobians in order.",
    equal(
        jacobian(y_2, V_1),
        jacobian(y_2, z_2) * jacobian(z_2, y_1) * jacobian(y_1, z_1) * jacobian(z_1, V_1),
        diag(f.derivative(z_2)) * V_2 * diag(f.derivative(z_1)) * jacobian(z_1, V_1),
    ),
    source=sources.rumelhart_1986,
)
outer_slope_left_out = Mistake(
    "The slope of the last layer is left out.",
    of=product_for_the_first_weights,
    answer=V_2 * diag(f.derivative(z_1)) * jacobian(z_1, V_1),
)
values_for_slopes = Mistake(
    "The values stand for the slopes.",
    of=product_for_the_first_weights,
    answer=diag(y_2) * V_2 * diag(y_1) * jacobian(z_1, V_1),
)
slopes_in_the_wrong_order = Mistake(
    "The slopes are in the wrong order.",
    of=product_for_the_first_weights,
    answer=diag(f.derivative(z_1)) * V_2 * diag(f.derivative(z_2)) * jacobian(z_1, V_1),
    expect=Misshapen,
)

axes_of_the_derivative = Claim(
    "Its axes are those of the output and of the weights.",
    has_shape(jacobian(y_2, V_1), (D_y, H, D_x)),
    source=sources.magnus_neudecker_1988,
)
axis_of_the_output_forgotten = Mistake(
    "The axis of the output is forgotten.", of=axes_of_the_derivative, answer=(H, D_x), expect=Misshapen
)

product_for_the_network_input = Claim(
    "By the input it is a product of matrices.",
    equal(
        jacobian(y_2, y_0),
        jacobian(y_2, z_2) * jacobian(z_2, y_1) * jacobian(y_1, z_1) * jacobian(z_1, y_0),
        diag(f.derivative(z_2)) * V_2 * diag(f.derivative(z_1)) * V_1,
    ),
    source=sources.rumelhart_1986,
)
slopes_regrouped = Mistake(
    "The slopes are put together in front, as if the factors commuted.",
    of=product_for_the_network_input,
    answer=diag(f.derivative(z_2)) * diag(f.derivative(z_1)) * V_2 * V_1,
    expect=Misshapen,
)
slopes_left_out = Mistake("The layers are treated as linear.", of=product_for_the_network_input, answer=V_2 * V_1)

L = loss("J", y_2)
error_of_any_loss = Claim(
    "For any loss of the output, the error at z_1 is sent back through the second layer.",
    equal(
        grad(L, z_1),
        hadamard(V_2.T * grad(L, z_2), f.derivative(z_1)),
        hadamard(V_2.T * hadamard(grad(L, y_2), f.derivative(z_2)), f.derivative(z_1)),
    ),
    source=sources.rumelhart_1986,
)
last_slope_left_out = Mistake(
    "The slope of the last layer is left out.",
    of=error_of_any_loss,
    answer=hadamard(V_2.T * grad(L, y_2), f.derivative(z_1)),
)
gradient_of_any_loss = Claim(
    "And the first weights receive it times the input.",
    equal(grad(L, V_1), grad(L, z_1) * y_0.T),
    source=sources.rumelhart_1986,
)
hidden_for_the_input = Mistake(
    "The hidden values stand for the input.",
    of=gradient_of_any_loss,
    answer=grad(L, z_1) * y_1.T,
    expect=Misshapen,
)
output_error = Mistake(
    "The error of the output is taken.", of=gradient_of_any_loss, answer=V_2.T * grad(L, z_2) * y_0.T
)

# layers of one width, where the wrong orders are false by their values
(d,) = dims("d")
x_0, U_1, U_2 = vector("x", d), matrix("W_1", d, d), matrix("W_2", d, d)
a_1 = define("a_1", U_1 * x_0)
a_2 = define("a_2", U_2 * f(a_1))
one_width = Claim(
    "With layers of one width the order matters as much.",
    equal(jacobian(f(a_2), x_0), diag(f.derivative(a_2)) * U_2 * diag(f.derivative(a_1)) * U_1),
    source=sources.rumelhart_1986,
)
factors_regrouped = Mistake(
    "The slopes are put together in front, as if the factors commuted.",
    of=one_width,
    answer=diag(f.derivative(a_2)) * diag(f.derivative(a_1)) * U_2 * U_1,
)
weights_swapped = Mistake(
    "The weights are swapped.", of=one_width, answer=diag(f.derivative(a_2)) * U_1 * diag(f.derivative(a_1)) * U_2
)
