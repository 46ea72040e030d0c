"""The hyperbolic tangent, tanh(x) = (e^x - e^-x) / (e^x + e^-x)."""

from derivations import sources
from verify import Claim, Mistake, diff, equal, exp, scalar, sigma, tanh

x = scalar("x")
rise, fall = exp(x) - exp(-x), exp(x) + exp(-x)

scaled_logistic = Claim(
    "The hyperbolic tangent is a logistic function, scaled and shifted.",
    equal(
        tanh(x),
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        2 / (1 + exp(-2 * x)) - 1,
        2 * sigma(2 * x) - 1,
    ),
    source=sources.lecun_1998,
)
argument_not_doubled = Mistake("The argument is not doubled.", of=scaled_logistic, answer=2 * sigma(x) - 1)
value_not_doubled = Mistake("The value is not doubled.", of=scaled_logistic, answer=sigma(2 * x) - 1)
not_shifted = Mistake("The shift by one is missing.", of=scaled_logistic, answer=2 * sigma(2 * x))
minus_lost = Mistake("The minus sign is lost.", of=scaled_logistic, answer=2 * sigma(2 * x) * 1)
misread = Mistake("The factor 2 sigma is misread as the number 26.", of=scaled_logistic, answer=26 * (2 * x) - 1)

logistic_to_tanh = Claim(
    "From the logistic function, over a common denominator.",
    equal(
        2 * sigma(2 * x) - 1,
        (2 - 1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        tanh(x),
    ),
    source=sources.bishop_2006,
)
parentheses_lost = Mistake(
    "Over the common denominator, the one is taken off alone.",
    of=logistic_to_tanh,
    answer=(2 - 1 + exp(-2 * x)) / (1 + exp(-2 * x)),
)

other_forms = Claim(
    "Its distance from one, with either sign of the exponent.",
    equal(
        tanh(x),
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        1 - 2 * exp(-2 * x) / (1 + exp(-2 * x)),
        1 - 2 / (exp(2 * x) + 1),
    ),
    source=sources.bishop_2006,
)
exponent_not_turned_round = Mistake("The exponent keeps its sign.", of=other_forms, answer=1 - 2 / (exp(-2 * x) + 1))
one_for_two = Mistake("A one for the two.", of=other_forms, answer=1 - 1 / (exp(2 * x) + 1))

definition = Claim(
    "Multiplied out by e^x, or by e^-x.",
    equal(
        tanh(x),
        (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
        (exp(2 * x) - 1) / (exp(2 * x) + 1),
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
    ),
)
exponents_not_doubled = Mistake("The exponents are not doubled.", of=definition, answer=(exp(x) - 1) / (exp(x) + 1))
cotangent = Mistake("The fraction is turned over.", of=definition, answer=(exp(2 * x) + 1) / (exp(2 * x) - 1))

logistic_by_tanh = Claim(
    "And the logistic function is a hyperbolic tangent, scaled and shifted.",
    equal(sigma(x), (1 + tanh(x / 2)) / 2),
    source=sources.bishop_2006,
)
argument_not_halved = Mistake("The argument is not halved.", of=logistic_by_tanh, answer=(1 + tanh(x)) / 2)
not_halved = Mistake("The sum is not halved.", of=logistic_by_tanh, answer=1 + tanh(x / 2))

odd = Claim("It is odd.", equal(tanh(-x), (exp(-x) - exp(x)) / (exp(-x) + exp(x)), -tanh(x)))
even = Mistake("It is taken to be even.", of=odd, answer=tanh(x))
like_the_logistic = Mistake("It is taken to mirror as the logistic function does.", of=odd, answer=1 - tanh(x))

derivative = Claim(
    "The derivative is one minus the square.",
    equal(
        diff(tanh(x), x),
        (diff(rise, x) * fall - rise * diff(fall, x)) / fall**2,
        (fall**2 - rise**2) / fall**2,
        1 - (rise / fall) ** 2,
        1 - tanh(x) ** 2,
    ),
    source=sources.lecun_1998,
)
not_squared = Mistake("The square is missing.", of=derivative, answer=1 - tanh(x))
form_of_the_logistic = Mistake(
    "This is the form for the logistic function.", of=derivative, answer=tanh(x) * (1 - tanh(x))
)
difference_turned_round = Mistake("The difference is turned round.", of=derivative, answer=tanh(x) ** 2 - 1)
quotient_of_derivatives = Mistake(
    "The quotient is derived as the quotient of derivatives.", of=derivative, answer=diff(rise, x) / diff(fall, x)
)

derivative_by_the_logistic = Claim(
    "By way of the logistic function it is four times that function's derivative at 2x.",
    equal(
        tanh.derivative(x),
        diff(2 * sigma(2 * x) - 1, x),
        4 * sigma.derivative(2 * x),
        4 * sigma(2 * x) * (1 - sigma(2 * x)),
        (1 + tanh(x)) * (1 - tanh(x)),
        1 - tanh(x) ** 2,
    ),
    source=sources.lecun_1998,
)
inner_factor_lost = Mistake(
    "The inner derivative is lost.", of=derivative_by_the_logistic, answer=2 * sigma.derivative(2 * x)
)
argument_lost = Mistake(
    "The derivative is taken at x.", of=derivative_by_the_logistic, answer=4 * sigma(x) * (1 - sigma(x))
)

derivative_by_exponentials = Claim(
    "In exponentials, it is four over the square of e^x + e^-x.",
    equal(tanh.derivative(x), 4 / fall**2, 4 * exp(-2 * x) / (1 + exp(-2 * x)) ** 2),
    source=sources.lecun_1998,
)
denominator_not_squared = Mistake("The denominator is not squared.", of=derivative_by_exponentials, answer=4 / fall)

second_derivative = Claim(
    "The second derivative is -2 tanh (1 - tanh^2).",
    equal(
        diff(tanh.derivative(x), x),
        diff(1 - tanh(x) ** 2, x),
        -2 * tanh(x) * tanh.derivative(x),
        -2 * tanh(x) * (1 - tanh(x) ** 2),
    ),
    source=sources.lecun_1998,
)
inner_derivative_forgotten = Mistake("The inner derivative is forgotten.", of=second_derivative, answer=-2 * tanh(x))
