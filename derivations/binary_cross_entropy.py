"""One output with a logistic function: its cross-entropy, and its squared error."""

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
    hadamard,
    index,
    log,
    matrix,
    norm,
    scalar,
    sigma,
    softplus,
    sum_over,
    vector,
)

z, y = scalar("z"), scalar("y")
p = define("p", sigma(z))
loss = -(y * log(p) + (1 - y) * log(1 - p))

derivative_by_the_prediction = Claim(
    "By the prediction p, the derivative is (p - y) over p (1 - p).",
    equal(diff(loss, p), -y / p + (1 - y) / (1 - p), (p - y) / (p * (1 - p))),
    source=sources.bishop_2006,
)
sign_of_the_second_term = Mistake(
    "The inner derivative of 1 - p is lost.", of=derivative_by_the_prediction, answer=-y / p - (1 - y) / (1 - p)
)

derivative = Claim(
    "The derivative of the binary cross-entropy by z is p - y.",
    equal(
        diff(loss, z),
        diff(loss, p) * diff(p, z),
        (p - y) / (p * (1 - p)) * (p * (1 - p)),
        -y * (1 - p) + (1 - y) * p,
        p - y,
    ),
    source=sources.bishop_2006,
)
turned_round = Mistake("The difference is turned round.", of=derivative, answer=y - p)
derivative_of_the_logistic_kept = Mistake(
    "The derivative of the logistic function is not cancelled.", of=derivative, answer=(p - y) * p * (1 - p)
)
second_term_forgotten = Mistake("The second term is forgotten.", of=derivative, answer=-y * (1 - p))

by_softplus = Claim(
    "It is a softplus, less y z.",
    equal(loss, y * softplus(-z) + (1 - y) * softplus(z), softplus(z) - y * z, log(1 + exp(z)) - y * z),
    source=sources.murphy_2012,
)
sign_of_the_argument = Mistake("The sign of the argument is lost.", of=by_softplus, answer=softplus(-z) - y * z)

signed = scalar("t")
derivative_with_signs = Claim(
    "With targets t of one sign or the other, the loss log(1 + e^(-tz)) has the derivative -t sigma(-t z).",
    equal(diff(log(1 + exp(-signed * z)), z), -signed * sigma(-signed * z), signed * (sigma(signed * z) - 1)),
    source=sources.murphy_2012,
)
sign_forgotten = Mistake(
    "The target is forgotten as an inner derivative.", of=derivative_with_signs, answer=-sigma(-signed * z)
)

squared_error = Claim(
    "The squared error keeps the derivative of the logistic function as a factor.",
    equal(
        diff((p - y) ** 2 / 2, z),
        (p - y) * diff(p, z),
        (p - y) * sigma.derivative(z),
        (p - y) * p * (1 - p),
    ),
    source=sources.rumelhart_1986,
)
factor_forgotten = Mistake("That factor is forgotten, as for cross-entropy.", of=squared_error, answer=p - y)
factor_two = Mistake("The half is forgotten.", of=squared_error, answer=2 * (p - y) * p * (1 - p))
difference_turned_round = Mistake("The difference is turned round.", of=squared_error, answer=(y - p) * p * (1 - p))

m, n, N = dims("m n N")
u, t = vector("z", m), vector("y", m)
squared_error_of_a_vector = Claim(
    "So it is for a vector of outputs, entry by entry.",
    equal(
        grad(norm(sigma(u) - t) ** 2 / 2, u),
        hadamard(sigma(u) - t, sigma.derivative(u)),
        hadamard(sigma(u) - t, sigma(u), 1 - sigma(u)),
    ),
    source=sources.rumelhart_1986,
)
inner_product_for_entrywise = Mistake(
    "The inner product stands for the entrywise one.",
    of=squared_error_of_a_vector,
    answer=(sigma(u) - t).T * hadamard(sigma(u), 1 - sigma(u)),
    expect=Misshapen,
)
error_alone = Mistake("The derivative is forgotten.", of=squared_error_of_a_vector, answer=sigma(u) - t)

X, w, targets = matrix("X", N, n), vector("w", n), vector("y", N)
r = index("r", N)
outputs = sigma(X * w)
mean_loss = -sum_over(r, targets[r] * log(outputs[r]) + (1 - targets[r]) * log(1 - outputs[r])) / N
logistic_regression = Claim(
    "Logistic regression: the mean loss over N examples, the rows of X, has the gradient X^T (p - y) / N.",
    equal(grad(mean_loss, w), X.T * (outputs - targets) / N),
    source=sources.bishop_2006,
)
mean_forgotten = Mistake("The mean is taken for the sum.", of=logistic_regression, answer=X.T * (outputs - targets))
mean_over_the_inputs = Mistake(
    "It is divided by the number of inputs.", of=logistic_regression, answer=X.T * (outputs - targets) / n
)
inputs_not_transposed = Mistake(
    "The examples are not transposed.", of=logistic_regression, answer=X * (outputs - targets) / N, expect=Misshapen
)
