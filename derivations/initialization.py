"""What becomes of a network whose parameters all start at 0, or whose hidden units start alike."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    cross_entropy,
    define,
    definition,
    dims,
    equal,
    fraction,
    grad,
    index,
    indices,
    matrix,
    matrix_of,
    ones,
    recursion,
    scalar,
    sigma,
    softmax,
    tanh,
    total,
    vector,
    vector_of,
)

D_x, H, D_y, T = dims("D_x H D_y T")
i, k, j, o = *indices("i k", H), index("j", D_x), index("o", D_y)
x, y = vector("x", D_x), vector("y", D_y)
half = fraction(1, 2)
y_sums_to_one = equal(total(y), 1)

# all parameters 0: z_1 = W_1 x + b_1, h = sigma(z_1), yhat = softmax(W_2 h + b_2)
W_1, b_1 = define("W_1", matrix_of(i, j, 0)), define("b_1", vector_of(i, 0))
W_2, b_2 = define("W_2", matrix_of(o, i, 0)), define("b_2", vector_of(o, 0))
z_1 = W_1 * x + b_1
h = sigma(z_1)
z_2 = W_2 * h + b_2
predicted = softmax(z_2)
J = cross_entropy(y, predicted)

hidden_units = Claim(
    "With all parameters 0 every logistic hidden unit gives a half, whatever the input.",
    equal(h, half * ones(H)),
    source=sources.lecun_1998,
)
all_output_zero = Mistake("Not every neuron gives 0.", of=hidden_units, answer=0 * ones(H))

hidden_tanh_units = Claim("Hidden units with tanh give 0.", equal(tanh(z_1), 0 * ones(H)))
a_half_too = Mistake("A half is the value of the logistic function at 0.", of=hidden_tanh_units, answer=half * ones(H))

logits = Claim("The last pre-activations are 0 for every input.", equal(z_2, 0 * ones(D_y)))
logits_of_a_half = Mistake("The hidden units do not reach them.", of=logits, answer=half * ones(D_y))

uniform = Claim("Every class is as likely as any other, for every input.", equal(predicted[o], 1 / D_y))
a_half_each = Mistake("This holds for two classes.", of=uniform, answer=half)
no_output = Mistake("The outputs are not 0.", of=uniform, answer=0)

first_weights = Claim(
    "The first weights receive no gradient.",
    equal(grad(J, W_1)[i, j], 0),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
like_the_second_weights = Mistake(
    "It passes the second weights, which are 0.", of=first_weights, answer=half * x[j] / D_y
)

first_biases = Claim(
    "Nor do the first biases.", equal(grad(J, b_1)[i], 0), given=(y_sums_to_one,), source=sources.rumelhart_1986
)
slope_at_zero = Mistake(
    "The slope at 0 is a quarter, but the error that comes in is 0.", of=first_biases, answer=fraction(1, 4)
)

second_biases = Claim(
    "The second biases receive the error: not all gradients vanish.",
    equal(grad(J, b_2)[o], 1 / D_y - y[o]),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
all_vanish = Mistake("The gradients do not all vanish.", of=second_biases, answer=0)
all_the_same = Mistake("Nor are they all the same.", of=second_biases, answer=1 / D_y)

second_weights = Claim(
    "The second weights receive half of the error.",
    equal(grad(J, W_2)[o, i], half * (1 / D_y - y[o])),
    given=(y_sums_to_one,),
    source=sources.rumelhart_1986,
)
second_weights_vanish = Mistake("They are not left where they are.", of=second_weights, answer=0)
half_forgotten = Mistake("The hidden units give a half.", of=second_weights, answer=1 / D_y - y[o])

uniform_targets = Claim(
    "For targets that are uniform all gradients vanish.",
    equal(grad(cross_entropy(ones(D_y) / D_y, predicted), b_2), 0 * ones(D_y)),
    source=sources.rumelhart_1986,
)
for_every_target = Mistake(
    "Not for every target.", of=uniform_targets, answer=equal(grad(J, b_2), 0 * ones(D_y)), given=(y_sums_to_one,)
)

# hidden units i and k that start alike, and T steps of gradient descent
eta = scalar(r"\eta")
U_0, c_0 = matrix("U_0", H, D_x), vector("c_0", H)
V_0, e_0 = matrix("V_0", D_y, H), vector("e_0", D_y)
start = cross_entropy(y, softmax(V_0 * sigma(U_0 * x + c_0) + e_0))
alike = (equal(U_0[i, j], U_0[k, j]), equal(c_0[i], c_0[k]), equal(V_0[o, i], V_0[o, k]))

equal_gradients = Claim(
    "Hidden units with equal incoming weights, biases and outgoing weights have equal gradients.",
    equal(grad(start, U_0)[i, j], grad(start, U_0)[k, j]),
    given=alike,
    source=sources.rumelhart_1986,
)
outgoing_differ = Mistake(
    "The outgoing weights must be equal too.",
    of=equal_gradients,
    answer=grad(start, U_0)[k, j],
    given=alike[:2],
)
equal_outgoing_gradients = Claim(
    "So are the gradients by their outgoing weights.",
    equal(grad(start, V_0)[o, i], grad(start, V_0)[o, k]),
    given=alike,
    source=sources.rumelhart_1986,
)
incoming_differ = Mistake(
    "The incoming weights must be equal too.",
    of=equal_outgoing_gradients,
    answer=grad(start, V_0)[o, k],
    given=alike[1:],
)

loss_at = definition("J", lambda t: cross_entropy(y, softmax(V(t) * sigma(U(t) * x + c(t)) + e(t))))
U = recursion("U", U_0, lambda t: U(t - 1) - eta * grad(loss_at(t - 1), U(t - 1)), (H, D_x))
c = recursion("c", c_0, lambda t: c(t - 1) - eta * grad(loss_at(t - 1), c(t - 1)), (H, 1))
V = recursion("V", V_0, lambda t: V(t - 1) - eta * grad(loss_at(t - 1), V(t - 1)), (D_y, H))
e = recursion("e", e_0, lambda t: e(t - 1) - eta * grad(loss_at(t - 1), e(t - 1)), (D_y, 1))

symmetry_is_kept = Claim(
    "Hidden units that start alike have equal weights after any number of steps of gradient descent.",
    equal(U(T)[i, j], U(T)[k, j]),
    given=alike,
    source=sources.rumelhart_1986,
)
start_differently = Mistake(
    "Not if their incoming weights differ at the start.",
    of=symmetry_is_kept,
    answer=U(T)[k, j],
    given=alike[1:],
)
outgoing_start_differently = Mistake(
    "Not if their outgoing weights differ at the start.",
    of=symmetry_is_kept,
    answer=U(T)[k, j],
    given=alike[:2],
)
biases_stay_equal = Claim(
    "Their biases stay equal as well.", equal(c(T)[i], c(T)[k]), given=alike, source=sources.rumelhart_1986
)
biases_start_differently = Mistake(
    "Not if they differ at the start.", of=biases_stay_equal, answer=c(T)[k], given=(alike[0], alike[2])
)
outgoing_weights_stay_equal = Claim(
    "And so do their outgoing weights.",
    equal(V(T)[o, i], V(T)[o, k]),
    given=alike,
    source=sources.rumelhart_1986,
)
outgoing_weights_start_differently = Mistake(
    "Not if they differ at the start.", of=outgoing_weights_stay_equal, answer=V(T)[o, k], given=alike[:2]
)
