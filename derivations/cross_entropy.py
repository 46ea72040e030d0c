"""Cross-entropy of a softmax: CE(y, yhat) = -sum_i y_i log yhat_i with yhat = softmax(x)."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    cross_entropy,
    define,
    delta,
    diff,
    dims,
    distinct,
    equal,
    exp,
    grad,
    hadamard,
    index,
    log,
    one_hot,
    softmax,
    sum_over,
    total,
    vector,
)

(n,) = dims("n")
x, y = vector("x", n), vector("y", n)
i, j, k, o = index("i", n), index("j", n), index("k", n), index("o", n)
predicted = define(r"\hat{y}", softmax(x))
loss = cross_entropy(y, predicted)
loss_of_one_hot = cross_entropy(one_hot(o, n), predicted)
log_mass = log(sum_over(j, exp(x[j])))

one_hot_loss = Claim(
    "For a one-hot target at o, only the logarithm of that prediction is left.",
    equal(
        loss_of_one_hot,
        -sum_over(i, one_hot(o, n)[i] * log(predicted[i])),
        -log(predicted[o]),
    ),
    source=sources.goodfellow_2016,
)
target_forgotten_in_the_sum = Mistake(
    "The target is forgotten: all logarithms are left.", of=one_hot_loss, answer=-sum_over(i, log(predicted[i]))
)
prediction_for_its_logarithm = Mistake("The logarithm is lost.", of=one_hot_loss, answer=-predicted[o])
sign_of_the_loss = Mistake("The sign is lost.", of=one_hot_loss, answer=log(predicted[o]))

logarithm_of_softmax = Claim(
    "It is the logarithm of the sum of exponentials, less the entry.",
    equal(
        -log(predicted[o]),
        -log(exp(x[o]) / sum_over(j, exp(x[j]))),
        -log(exp(x[o])) + log_mass,
        -x[o] + log_mass,
    ),
    source=sources.goodfellow_2016,
)
sign_of_the_logarithm = Mistake(
    "The minus sign reaches the first term only.", of=logarithm_of_softmax, answer=-x[o] - log_mass
)
logarithm_taken_inside = Mistake(
    "The logarithm is taken inside the sum.",
    of=logarithm_of_softmax,
    answer=-x[o] + sum_over(j, log(exp(x[j]))),
)

loss_of_any_target = Claim(
    "For any target, the logarithm of the sum is weighted by the sum of y.",
    equal(loss, -sum_over(i, y[i] * (x[i] - log_mass)), -sum_over(i, y[i] * x[i]) + total(y) * log_mass),
    source=sources.bridle_1990,
)
weight_forgotten = Mistake(
    "This holds only where y sums to one.", of=loss_of_any_target, answer=-sum_over(i, y[i] * x[i]) + log_mass
)
counted_n_times = Mistake(
    "The logarithm is counted for every class.",
    of=loss_of_any_target,
    answer=-sum_over(i, y[i] * x[i]) + n * log_mass,
)

outer_derivative = Claim(
    "By the chain rule, each logarithm gives one over its prediction.",
    equal(
        diff(loss, x[k]),
        -sum_over(i, y[i] * diff(log(predicted[i]), x[k])),
        -sum_over(i, y[i] * (1 / predicted[i]) * diff(predicted[i], x[k])),
        -sum_over(i, y[i] * (1 / predicted[i]) * (predicted[i] * (delta(i, k) - predicted[k]))),
        -sum_over(i, y[i] * (delta(i, k) - predicted[k])),
        total(y) * predicted[k] - y[k],
    ),
    source=sources.bishop_2006,
)
one_prediction_only = Mistake(
    "Only the prediction of the same entry is taken to depend on it.",
    of=outer_derivative,
    answer=-y[k] * (1 / predicted[k]) * diff(predicted[k], x[k]),
)
inner_derivative_forgotten = Mistake(
    "The inner derivative is forgotten.", of=outer_derivative, answer=-sum_over(i, y[i] * (1 / predicted[i]))
)
sum_of_the_target_lost = Mistake(
    "The sum of y is taken for one without a word.", of=outer_derivative, answer=predicted[k] - y[k]
)

gradient_by_the_prediction = Claim(
    "By the prediction itself, held independent, it is -y_k over yhat_k.",
    equal(diff(loss, predicted[k]), -y[k] / predicted[k]),
    source=sources.bishop_2006,
)
sign_by_the_prediction = Mistake("The sign is lost.", of=gradient_by_the_prediction, answer=y[k] / predicted[k])
difference_too_early = Mistake(
    "This is the derivative by x_k.", of=gradient_by_the_prediction, answer=predicted[k] - y[k]
)

gradient_at_the_class = Claim(
    "For the entry of the class itself, the derivative is the prediction less one.",
    equal(
        diff(-log(predicted[i]), x[k]),
        -1 / predicted[i] * diff(predicted[i], x[k]),
        -1 / predicted[i] * (predicted[i] * (1 - predicted[k])),
        predicted[k] - 1,
    ),
    given=(equal(i, k),),
    source=sources.bridle_1990,
)
one_less_the_prediction = Mistake("The sign is flipped.", of=gradient_at_the_class, answer=1 - predicted[k])
prediction_kept_as_a_factor = Mistake(
    "The prediction is not cancelled.", of=gradient_at_the_class, answer=-predicted[k] * (1 - predicted[k])
)

gradient_at_another_class = Claim(
    "For the entry of another class, it is the prediction.",
    equal(
        diff(-log(predicted[i]), x[k]),
        -1 / predicted[i] * diff(predicted[i], x[k]),
        -1 / predicted[i] * (-predicted[i] * predicted[k]),
        predicted[k],
    ),
    given=(distinct(i, k),),
    source=sources.bridle_1990,
)
one_taken_off_too = Mistake("One is taken off here too.", of=gradient_at_another_class, answer=predicted[k] - 1)
nothing_for_the_others = Mistake("The other classes are held constant.", of=gradient_at_another_class, answer=0)

gradient_of_the_parts = Claim(
    "For a one-hot target at o: the logarithm of the sum gives the prediction, the entry x_o an indicator.",
    equal(
        diff(-x[o] + log_mass, x[i]),
        diff(log_mass, x[i]) - diff(x[o], x[i]),
        1 / sum_over(j, exp(x[j])) * diff(sum_over(j, exp(x[j])), x[i]) - diff(x[o], x[i]),
        exp(x[i]) / sum_over(j, exp(x[j])) - diff(x[o], x[i]),
        predicted[i] - diff(x[o], x[i]),
        predicted[i] - delta(i, o),
    ),
    source=sources.goodfellow_2016,
)
one_for_every_entry = Mistake(
    "One is taken off every entry, not of the class alone.", of=gradient_of_the_parts, answer=predicted[i] - 1
)
entry_for_its_derivative = Mistake("The entry is not derived.", of=gradient_of_the_parts, answer=predicted[i] - x[o])
loss_for_its_gradient = Mistake("The loss stands for its gradient.", of=gradient_of_the_parts, answer=log_mass - x[o])

gradient = Claim(
    "For y that sums to one, the gradient is prediction minus target.",
    equal(grad(loss, x), predicted - y),
    given=(equal(total(y), 1),),
    source=sources.bridle_1990,
)
turned_round = Mistake("The difference is turned round.", of=gradient, answer=y - predicted)
target_forgotten = Mistake("The target is forgotten.", of=gradient, answer=predicted)

gradient_of_any_target = Claim(
    "Without that hypothesis the prediction is weighted by the sum of y.",
    equal(grad(loss, x), total(y) * predicted - y),
    source=sources.bridle_1990,
)
hypothesis_forgotten = Mistake("This holds only where y sums to one.", of=gradient_of_any_target, answer=predicted - y)
weighted_entry_by_entry = Mistake(
    "Each prediction is weighted by its own target.",
    of=gradient_of_any_target,
    answer=hadamard(y, predicted) - y,
)

gradient_of_one_hot = Claim(
    "For a one-hot target at o it is prediction minus the unit vector.",
    equal(grad(loss_of_one_hot, x), predicted - one_hot(o, n)),
    source=sources.bishop_2006,
)
one_everywhere = Mistake("One is taken off every entry.", of=gradient_of_one_hot, answer=predicted - 1)
at_the_class_only = Mistake(
    "The other entries are taken to vanish.",
    of=gradient_of_one_hot,
    answer=(predicted[o] - 1) * one_hot(o, n),
)

gradient_vanishes_in_sum = Claim(
    "The entries of the gradient add up to zero.",
    equal(sum_over(k, diff(loss, x[k])), total(y) * sum_over(k, predicted[k]) - total(y, "k"), 0),
    source=sources.bridle_1990,
)
sum_is_one = Mistake("As the prediction does, they add up to one.", of=gradient_vanishes_in_sum, answer=1)
