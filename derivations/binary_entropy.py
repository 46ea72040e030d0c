"""Two events with probabilities a and 1 - a: their entropy and variance, and the loss of a soft target."""

from derivations import sources
from verify import Claim, Mistake, at_least, at_most, equal, fraction, greater, less, log, scalar, sigma, softplus

a, z = scalar("a"), scalar("z")
uncertain = (less(0, a), less(a, 1))
entropy = -a * log(a) - (1 - a) * log(1 - a)
loss = -a * log(sigma(z)) - (1 - a) * log(1 - sigma(z))
bit = log(2 + 0 * z)

not_negative = Claim(
    "The entropy of an event is positive, unless it is certain.",
    greater(entropy, 0),
    given=uncertain,
    source=sources.bishop_2006,
)
minus_forgotten = Mistake("The minus sign is forgotten.", of=not_negative, answer=greater(-entropy, 0))

one_bit = Claim("It is at most the logarithm of 2.", at_most(entropy, bit), given=uncertain, source=sources.bishop_2006)
half_a_bit = Mistake("It is taken to be at most half of that.", of=one_bit, answer=at_most(entropy, bit / 2))

soft_target = Claim(
    "With a target between 0 and 1 the loss of a logistic unit is a softplus, less a z.",
    equal(loss, softplus(z) - a * z),
    source=sources.goodfellow_2016,
)
sign_of_the_target = Mistake("The sign of the target is lost.", of=soft_target, answer=softplus(z) + a * z)

loss_of_a_soft_target = Claim(
    "It is not negative.",
    at_least(loss, 0),
    given=(at_least(a, 0), at_most(a, 1)),
)
target_of_any_size = Mistake(
    "The target may be any number.", of=loss_of_a_soft_target, answer=at_least(loss, 0), given=()
)

variance = Claim("The variance of an event is at most its entropy.", at_most(a * (1 - a), entropy), given=uncertain)
variance_above = Mistake(
    "It is more than a quarter of it.", of=variance, answer=greater(a * (1 - a), entropy / 2 + fraction(1, 4))
)
