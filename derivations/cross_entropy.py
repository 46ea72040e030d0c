"""Cross-entropy of a softmax: CE(y, yhat) = -sum_i y_i log yhat_i with yhat = softmax(x)."""

from derivations import sources
from verify import Claim, Mistake, cross_entropy, define, dims, equal, grad, index, one_hot, softmax, total, vector

(n,) = dims("n")
x, y = vector("x", n), vector("y", n)
predicted = define(r"\hat{y}", softmax(x))
loss = cross_entropy(y, predicted)
o = index("o", n)

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
)
hypothesis_forgotten = Mistake("This holds only where y sums to one.", of=gradient_of_any_target, answer=predicted - y)

gradient_of_one_hot = Claim(
    "For a one-hot target at o it is prediction minus the unit vector.",
    equal(grad(cross_entropy(one_hot(o, n), predicted), x), predicted - one_hot(o, n)),
    source=sources.bishop_2006,
)
one_everywhere = Mistake("One is taken off every entry.", of=gradient_of_one_hot, answer=predicted - 1)
