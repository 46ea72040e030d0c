"""The number of parameters, counted from NumPy arrays, and the shapes of arrays against the shapes that are claimed."""

import numpy as np
import pytest
from numpy.typing import NDArray

from derivations import parameter_count
from verify.check import link_expressions
from verify.language import Claim, Dimension, Expression, Name, Number
from verify.language.explicit import at

Sizes = dict[str, int]
Floats = NDArray[np.float64]

SIZES = [
    {"D_x": 1, "H": 1, "D_y": 1},
    {"D_x": 2, "H": 3, "D_y": 4},
    {"D_x": 5, "H": 1, "D_y": 2},
    {"D_x": 1, "H": 7, "D_y": 3},
    {"D_x": 10, "H": 5, "D_y": 10},
]
PARAMETERS = [parameter_count.W_1, parameter_count.b_1, parameter_count.W_2, parameter_count.b_2]


def extent(dimension: Expression, sizes: Sizes) -> int:
    match dimension:
        case Number():
            return int(dimension.value)
        case Dimension():
            return sizes[dimension.symbol]
        case _:
            raise AssertionError(f"{dimension} is no dimension by itself")


def array(name: Name, sizes: Sizes, batch: int | None = None) -> Floats:
    """An array for a name; for a batch of rows, as many rows."""
    rows, columns = (extent(each, sizes) for each in name.declared)
    generator = np.random.default_rng(rows * 100 + columns)
    return generator.normal(size=(batch or rows, columns))


def claimed(claim: Claim, sizes: Sizes) -> list[int]:
    """The value of each side of a claim at these sizes."""
    sides = [claim.links()[0].left, *(side for link in claim.links() for side in link_expressions(link)[1:])]
    return [int(at(side, sizes)) for side in sides]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_arrays_have_as_many_entries_as_claimed(sizes: Sizes) -> None:
    counted = sum(array(name, sizes).size for name in PARAMETERS)
    assert set(claimed(parameter_count.count, sizes)) == {counted}
    assert set(claimed(parameter_count.count_of_the_entries, sizes)) == {counted}


@pytest.mark.parametrize(
    ("sizes", "expected", "why"),
    [
        ({"D_x": 1, "H": 1, "D_y": 1}, 4, "two weights and two biases"),
        ({"D_x": 2, "H": 3, "D_y": 4}, 25, "6 + 3 + 12 + 4"),
        ({"D_x": 10, "H": 5, "D_y": 10}, 115, "50 + 5 + 50 + 10"),
    ],
)
def test_the_count_by_hand(sizes: Sizes, expected: int, why: str) -> None:
    assert claimed(parameter_count.count, sizes) == [expected, expected], why


def forward_and_back(sizes: Sizes, batch: int) -> tuple[Floats, dict[str, Floats]]:
    """A forward pass for a batch of rows, and the gradients of the added losses."""
    x, y = (array(name, sizes, batch) for name in (parameter_count.x, parameter_count.y))
    weights_1, bias_1, weights_2, bias_2 = (array(name, sizes) for name in PARAMETERS)
    hidden = 1 / (1 + np.exp(-(x @ weights_1 + bias_1)))
    scores = np.exp(hidden @ weights_2 + bias_2)
    predicted = scores / scores.sum(axis=1, keepdims=True)
    error = y.sum(axis=1, keepdims=True) * predicted - y
    hidden_error = error @ weights_2.T * hidden * (1 - hidden)
    return predicted, {
        "W_1": x.T @ hidden_error,
        "b_1": hidden_error.sum(axis=0, keepdims=True),
        "W_2": hidden.T @ error,
        "b_2": error.sum(axis=0, keepdims=True),
        "x": hidden_error @ weights_1.T,
    }


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_arrays_have_the_shapes_that_are_claimed(sizes: Sizes) -> None:
    predicted, gradients = forward_and_back(sizes, batch=1)
    shapes = {
        "W_1": parameter_count.weight_1_gradient_shape,
        "b_1": parameter_count.bias_1_gradient_shape,
        "W_2": parameter_count.weight_2_gradient_shape,
        "b_2": parameter_count.bias_2_gradient_shape,
        "x": parameter_count.input_gradient_shape,
    }
    assert predicted.shape == shape_of_claim(parameter_count.prediction_shape, sizes)
    for name, claim in shapes.items():
        assert gradients[name].shape == shape_of_claim(claim, sizes), name


def shape_of_claim(claim: Claim, sizes: Sizes) -> tuple[int, ...]:
    shape = claim.statement.sides[-1]
    assert isinstance(shape, tuple)
    return tuple(extent(each, sizes) for each in shape)


@pytest.mark.parametrize("batch", [2, 5])
def test_a_batch_has_no_more_parameters(batch: int) -> None:
    sizes = SIZES[1]
    _, gradients = forward_and_back(sizes, batch)
    counted = sum(gradients[name.symbol].size for name in PARAMETERS)
    assert counted == claimed(parameter_count.count, sizes)[0]
