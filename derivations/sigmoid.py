"""The logistic function, sigma(z) = 1 / (1 + e^-z)."""

from derivations import sources
from verify import Claim, Mistake, define, diff, equal, exp, log, scalar, sigma, softplus

z = scalar("z")
u = define("u", 1 + exp(-z))

definition = Claim(
    "Multiplied out by e^z, the fraction has no negative exponent.",
    equal(sigma(z), 1 / (1 + exp(-z)), exp(z) / (exp(z) + 1)),
)
sign_of_the_exponent = Mistake("The exponent has lost its sign.", of=definition, answer=1 / (1 + exp(z)))
one_over_e = Mistake("The one is forgotten.", of=definition, answer=1 / exp(-z))

derivative = Claim(
    "The derivative of the logistic function is sigma(1 - sigma).",
    equal(
        diff(sigma(z), z),
        diff(1 / (1 + exp(-z)), z),
        -1 / (1 + exp(-z)) ** 2 * diff(1 + exp(-z), z),
        -1 / (1 + exp(-z)) ** 2 * -exp(-z),
        exp(-z) / (1 + exp(-z)) ** 2,
        (1 + exp(-z) - 1) / (1 + exp(-z)) ** 2,
        1 / (1 + exp(-z)) - 1 / (1 + exp(-z)) ** 2,
        1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z))),
        sigma(z) * (1 - sigma(z)),
    ),
    source=sources.lecun_1998,
)
sign_of_the_inner_derivative_lost = Mistake(
    "The inner derivative -e^-z has lost its sign.", of=derivative, answer=-exp(-z) / (1 + exp(-z)) ** 2
)
not_squared = Mistake("The denominator is not squared.", of=derivative, answer=exp(-z) / (1 + exp(-z)))
derivative_of_tanh = Mistake("This is the form for tanh.", of=derivative, answer=1 - sigma(z) ** 2)
plus_for_minus = Mistake("A plus for the minus.", of=derivative, answer=sigma(z) * (1 + sigma(z)))
row_that_begins_with_a_minus = Mistake(
    "A minus sign stands where an equals sign was meant.",
    of=derivative,
    answer=-1 / (1 + exp(-z)) - 1 / (1 + exp(-z)) ** 2,
)

derivative_by_the_square = Claim(
    "The same, expanded: sigma - sigma^2.",
    equal(
        sigma.derivative(z),
        -1 / (1 + exp(-z)) ** 2 * -exp(-z),
        exp(-z) / (1 + exp(-z)) ** 2,
        (exp(-z) + 1) / (1 + exp(-z)) ** 2 - 1 / (1 + exp(-z)) ** 2,
        sigma(z) - sigma(z) ** 2,
    ),
    source=sources.rumelhart_1986,
)
square_first = Mistake("The difference is turned round.", of=derivative_by_the_square, answer=sigma(z) ** 2 - sigma(z))
argument_for_value = Mistake(
    "The argument stands for the value of the function.", of=derivative_by_the_square, answer=z - z * sigma(z)
)

derivative_by_mirrored_factors = Claim(
    "The factors may be sigma(-z) and 1 - sigma(-z): they are the same two.",
    equal(
        sigma.derivative(z),
        -diff(1 + exp(-z), z) / (1 + exp(-z)) ** 2,
        exp(-z) / (1 + exp(-z)) ** 2,
        1 / (1 + exp(z)) * (1 - 1 / (1 + exp(z))),
        sigma(-z) * (1 - sigma(-z)),
        sigma(z) * (1 - sigma(z)),
    ),
    source=sources.lecun_1998,
)
factors_of_both_kinds = Mistake(
    "One factor is of z, the other of -z.",
    of=derivative_by_mirrored_factors,
    answer=sigma(z) * (1 - sigma(-z)),
)
inner_derivative_forgotten = Mistake(
    "The inner derivative is forgotten.", of=derivative_by_mirrored_factors, answer=-1 / (1 + exp(-z)) ** 2
)

derivative_as_a_power = Claim(
    "Derived as a power, and split in two fractions.",
    equal(
        diff(sigma(z), z),
        diff((1 + exp(-z)) ** -1, z),
        -((1 + exp(-z)) ** -2) * -exp(-z),
        exp(-z) / (1 + exp(-z)) ** 2,
        1 / (1 + exp(-z)) * (exp(-z) / (1 + exp(-z))),
        1 / (1 + exp(-z)) * ((1 + exp(-z) - 1) / (1 + exp(-z))),
        1 / (1 + exp(-z)) * ((1 + exp(-z)) / (1 + exp(-z)) - 1 / (1 + exp(-z))),
        1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z))),
        sigma(z) * (1 - sigma(z)),
    ),
    source=sources.bishop_2006,
)
exponent_not_lowered = Mistake(
    "The exponent is not lowered.", of=derivative_as_a_power, answer=(1 + exp(-z)) ** -1 * exp(-z)
)
factor_of_the_exponent_lost = Mistake(
    "The factor -1 of the exponent is lost.", of=derivative_as_a_power, answer=(1 + exp(-z)) ** -2 * -exp(-z)
)

derivative_by_the_chain_rule = Claim(
    "With u = 1 + e^-z it is the derivative of 1/u by u, times that of u by z.",
    equal(
        diff(sigma(z), z),
        diff(1 / u, u) * diff(u, z),
        -1 / u**2 * diff(u, z),
        -1 / (1 + exp(-z)) ** 2 * -exp(-z),
        exp(-z) / (1 + exp(-z)) ** 2,
    ),
    source=sources.rumelhart_1986,
)
outer_derivative_alone = Mistake(
    "The outer derivative stands alone.", of=derivative_by_the_chain_rule, answer=diff(1 / u, u)
)
sum_of_the_derivatives = Mistake(
    "The derivatives are added.", of=derivative_by_the_chain_rule, answer=diff(1 / u, u) + diff(u, z)
)

exponential_of_the_value = Claim("The exponential is a function of the value.", equal(exp(-z), 1 / sigma(z) - 1))
not_shifted = Mistake("The one is not taken off.", of=exponential_of_the_value, answer=1 / sigma(z))

derivative_of_the_value = Claim(
    "So the derivative is a function of the value.",
    equal(
        sigma.derivative(z),
        sigma(z) ** 2 * exp(-z),
        sigma(z) ** 2 * (1 / sigma(z) - 1),
        sigma(z) - sigma(z) ** 2,
        sigma(z) * (1 - sigma(z)),
    ),
    source=sources.rumelhart_1986,
)
value_not_squared = Mistake(
    "The value is not squared.", of=derivative_of_the_value, answer=sigma(z) * (1 / sigma(z) - 1)
)

mirrored = Claim(
    "Mirrored, it is what is missing to one.",
    equal(sigma(-z), 1 / (1 + exp(z)), exp(-z) / (exp(-z) + 1), 1 - 1 / (1 + exp(-z)), 1 - sigma(z)),
    source=sources.bishop_2006,
)
odd = Mistake("It is taken to be odd.", of=mirrored, answer=-sigma(z))
even = Mistake("It is taken to be even.", of=mirrored, answer=sigma(z))
inverted = Mistake("The sign is taken to the value's exponent.", of=mirrored, answer=1 / sigma(z))

mirrored_derivative = Claim(
    "The derivative is even.",
    equal(sigma.derivative(-z), sigma(-z) * (1 - sigma(-z)), (1 - sigma(z)) * sigma(z), sigma.derivative(z)),
    source=sources.bishop_2006,
)
odd_derivative = Mistake("It is taken to be odd.", of=mirrored_derivative, answer=-sigma.derivative(z))

derivative_of_the_mirrored = Claim(
    "The mirrored function has the opposite derivative.",
    equal(diff(sigma(-z), z), -sigma.derivative(-z), -sigma(-z) * (1 - sigma(-z)), -sigma(z) * (1 - sigma(z))),
    source=sources.bishop_2006,
)
minus_of_the_argument_lost = Mistake(
    "The inner derivative -1 is lost.", of=derivative_of_the_mirrored, answer=sigma(-z) * (1 - sigma(-z))
)

second_derivative = Claim(
    "The second derivative is sigma (1 - sigma) (1 - 2 sigma).",
    equal(
        diff(sigma.derivative(z), z),
        diff(sigma(z) * (1 - sigma(z)), z),
        sigma.derivative(z) * (1 - sigma(z)) - sigma(z) * sigma.derivative(z),
        sigma.derivative(z) * (1 - 2 * sigma(z)),
        sigma(z) * (1 - sigma(z)) * (1 - 2 * sigma(z)),
    ),
    source=sources.lecun_1998,
)
derivative_squared = Mistake(
    "The factors are derived, and their derivatives multiplied.",
    of=second_derivative,
    answer=-(sigma.derivative(z) ** 2),
)
factor_two_lost = Mistake(
    "The factor two is lost.", of=second_derivative, answer=sigma(z) * (1 - sigma(z)) * (1 - sigma(z))
)

negative_logarithm = Claim(
    "The negative logarithm is a softplus.",
    equal(-log(sigma(z)), -log(1 / (1 + exp(-z))), log(1 + exp(-z)), softplus(-z)),
    source=sources.bishop_2006,
)
sign_in_the_softplus = Mistake("The sign is lost.", of=negative_logarithm, answer=log(1 + exp(z)))
logarithm_of_the_sum_split = Mistake(
    "The logarithm of the sum is split.", of=negative_logarithm, answer=log(1) + log(exp(-z))
)

derivative_of_the_negative_logarithm = Claim(
    "The negative logarithm has the derivative sigma - 1.",
    equal(
        diff(-log(sigma(z)), z),
        -1 / sigma(z) * sigma.derivative(z),
        -(1 - sigma(z)),
        sigma(z) - 1,
        -sigma(-z),
    ),
    source=sources.bishop_2006,
)
one_minus = Mistake("The sign is lost.", of=derivative_of_the_negative_logarithm, answer=1 - sigma(z))
inverse_alone = Mistake(
    "The inner derivative is forgotten.", of=derivative_of_the_negative_logarithm, answer=-1 / sigma(z)
)

log_odds = Claim(
    "The logarithm of the odds gives the argument back.",
    equal(log(sigma(z) / (1 - sigma(z))), log(exp(z)), z),
    source=sources.bishop_2006,
)
odds = Mistake("The logarithm is forgotten.", of=log_odds, answer=exp(z))
