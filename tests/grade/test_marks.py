"""Marks: answers, derivations, what is carried forward, and what goes to a person."""

import pytest

from tests.grade.test_answers import ASSIGNMENTS
from verify.grade.assignment import read_assignment
from verify.grade.forms import Known, unfinished
from verify.grade.grade import Graded, Text, grade
from verify.grade.lines import Ruling, Standing
from verify.grade.marks import Mark
from verify.grade.steps import canonical
from verify.language import Argument, Formula, scalar

AFFINE = r"""
[[question]]
id = "1"
[question.names]
W = "k x d"
x = "d"
b = "k"
Q = "k x d"
J = "function of y"
[question.definitions]
y = 'W x + b'
'\delta' = '\frac{\partial J}{\partial y}'
[[question.part]]
id = "1a"
asks = '\frac{\partial J}{\partial W}'
answer = '\delta x^T'
points = 2
steps = 1
deduct = { sign = 0.5 }
[[question]]
id = "2"
[question.names]
a = "scalar"
[[question.part]]
id = "2a"
asks = '(a + 1)^2'
answer = 'a^2 + 2a + 1'
points = 4
steps = 2
deduct = { sign = 1 }
"""
ASSIGNMENT = read_assignment(AFFINE)
GRADIENT = r"\frac{\partial J}{\partial W}"


def graded(text: str, rulings: dict[str, Ruling] | None = None) -> Graded:
    return grade(ASSIGNMENT, [Text("hw.md", text)], None, rulings or {})


def points(mark: Mark) -> tuple[float, float]:
    return float(mark.awarded), float(mark.pending)


def first(text: str) -> Mark:
    return graded(f"# 1\n{text}").marks[0]


@pytest.mark.parametrize(
    ("text", "awarded", "pending", "says"),
    [
        (r"$$G = \delta x^T$$", 1, 0, "right"),
        (r"$$G = \delta (x^T) = \delta x^T$$", 1, 0, "no sound derivation of at least two steps"),
        (r"$$G = 1 \cdot \delta x^T = \delta x^T$$", 1, 0, "no sound derivation of at least two steps"),
        (r"$$G = 2 \delta x^T - \delta x^T = \delta x^T$$", 2, 0, "right"),
        (r"$$G_{ij} = \delta_i x_j$$ and $$G = \delta x^T$$", 2, 0, "right"),
        (r"$$G = G$$", 0, 0, "what is asked for stands in the answer"),
        (r"$$G = \frac{\partial J}{\partial y} x^T$$", 0, 0, "a derivative is left in the answer"),
        (r"$$A = G$$ $$G = A$$", 0, 0, "what is asked for stands in the answer"),
        (r"$$Q = G$$ $$G = Q$$", 0, 0, "what is asked for stands in the answer"),
        (r"$$Q = \delta x^T$$ $$G = Q$$", 1, 0, "right"),
        (r"$$G = -\delta x^T$$", 0.5, 0, "wrong"),
        (r"$$G = -\delta x^T = \delta x^T$$", 1, 0, "right"),
        (r"$$G = \delta y^T$$", 0, 0, "wrong"),
        (r"$$G = \delta x^T$$ or $$G = -\delta x^T$$", 0.5, 0.5, "several different answers"),
        (r"$$G = \heartsuit$$", 0, 2, "it could not be read"),
        (r"$$\delta x^T = G$$", 0, 2, "what is asked for stands on a right side"),
        (r"$$\heartsuit$$", 0, 2, "a line of this question could not be read"),
        ("nothing", 0, 0, "there is no answer"),
        (r"$$\delta x^T = 2 \delta x^T \Rightarrow G = 2 \delta x^T$$", 0, 0, "wrong"),
        (r"$$\delta = 2 \quad G = \delta x^T$$", 1, 0, "right"),
    ],
)
def test_a_part_is_marked(text: str, awarded: float, pending: float, says: str) -> None:
    mark = first(text.replace("G", GRADIENT))
    assert says in "; ".join(mark.why)
    assert points(mark) == (awarded, pending)
    assert mark.awarded + mark.pending + mark.lost == 2


def test_a_formula_outside_of_all_questions_is_for_a_person() -> None:
    mark = graded(rf"$${GRADIENT} = \delta x^T$$").marks[0]
    assert points(mark) == (0, 2)
    assert "stand in no question" in mark.why[0]


def test_what_is_not_answered_beside_what_is_earns_nothing() -> None:
    marks = graded("# 2\n$$(a + 1)^2 = a^2 + 2a + 1$$").marks
    assert list(map(points, marks)) == [(0, 0), (2, 0)]


@pytest.mark.parametrize(
    ("text", "awarded", "why"),
    [
        ("(a+1)^2 = (a+1)(a+1) = a(a+1) + a + 1 = a^2 + 2a + 1", 4, "all is sound"),
        ("(a+1)^2 = (a+1)(a+1) = a(a+1) + a + 1 = a^2 + 2a - 1", 3, "two sound steps, and then a sign"),
        ("(a+1)^2 = (a+1)(a+1) = a(a+1) - a + 1 = a^2 + 1", 0, "a step that nothing explains costs all"),
        ("(a+1)^2 = a^2 + 2a - 1 = a^2 + 2a + 1", 2, "the answer is right, the derivation is not"),
    ],
)
def test_a_wrong_link_costs_once(text: str, awarded: int, why: str) -> None:
    mark = graded(f"# 2\n$${text}$$").marks[1]
    if why.startswith("a step that"):
        assert mark.awarded <= 3
    else:
        assert mark.awarded == awarded, why
    assert (mark.first_wrong is None) == (awarded == 4)


VECTORS = ASSIGNMENTS["vectors"]


@pytest.mark.parametrize(
    ("first_answer", "second_answer", "marks", "carried"),
    [
        ("p - t", "(p - t) W_2^T", (2, 2), False),
        ("t - p", "(t - p) W_2^T", (1, 2), True),
        ("p + t", "(p + t) W_2^T", (1, 2), True),
        ("t - p", "(t + p) W_2^T", (1, 0), False),
        ("p - t", "(t - p) W_2^T", (2, 0), False),
        ("t - p", "W_2 (t - p)", (1, 0), False),
    ],
)
def test_an_earlier_answer_is_carried_forward(
    first_answer: str, second_answer: str, marks: tuple[int, int], carried: bool
) -> None:
    second = rf"\frac{{\partial E}}{{\partial s}} = {second_answer}"
    text = f"# Question 3\n$$\\delta_1 = {first_answer}$$\n$${second}$$"
    found = {each.part.id: each for each in grade(VECTORS, [Text("hw.md", text)]).marks}
    assert (float(found["3a"].awarded), float(found["3b"].awarded)) == marks
    assert bool(found["3b"].carried) is carried


def test_carrying_goes_on_through_several_parts() -> None:
    text = (
        "# Question 3\n$$\\delta_1 = t - p$$\n$$\\frac{\\partial E}{\\partial s} = (t - p) W_2^T$$\n"
        "$$\\frac{\\partial E}{\\partial x} = (((t - p) W_2^T) \\circ \\sigma'(a)) W_1^T$$"
    )
    found = {each.part.id: each for each in grade(VECTORS, [Text("hw.md", text)]).marks}
    assert [found[name].awarded for name in ("3a", "3b", "3c")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "awarded", "pending", "says"),
    [
        ("g(t) = \\sigma'(t)$$ $$\\sigma'(t) = g(t)", 0, 0, "what is asked for stands in the answer"),
        ("g(t) = \\sigma(t)$$ $$\\sigma'(t) = g'(t)", 0, 0, "a derivative is left in the answer"),
        # What is asked for in other words is not seen to be that.
        ("g(t) = \\sigma'(2t)$$ $$\\sigma'(t) = g(t/2)", 2, 0, "right"),
        ("g(t) = \\sigma(t) (1 - \\sigma(t))$$ $$\\sigma'(t) = g(t)", 2, 0, "right"),
        ("26(2t) - 1 = \\tanh(t)", 0, 3, "no answer was found, and a line of this question may have been misread"),
        ("\\sigma(t) = 2", 0, 0, "there is no answer"),
    ],
)
def test_a_function_hides_nothing(text: str, awarded: int, pending: int, says: str) -> None:
    graded = grade(ASSIGNMENTS["networks"], [Text("hw.md", f"# Question 3\n$${text}$$")])
    mark = next(each for each in graded.marks if each.part.id == "3a")
    assert says in mark.why[0]
    assert points(mark) == (awarded, pending)


def test_functions_of_functions_end() -> None:
    value, function = scalar("t"), Formula("f_0", Argument() + 1)
    for number in range(1, 40):
        function = Formula(f"f_{number}", function(function(Argument())))
    assert unfinished(function(value), frozenset({value}), Known()) is not None
    assert unfinished(function(value), frozenset(), Known(declared=frozenset({"t"}))) is None
    assert canonical(function(value), Known()) == canonical(function(value), Known())


@pytest.mark.parametrize(
    ("text", "pending"),
    [
        ("![page 1](page1.png)", 2),
        (r"\includegraphics[width=3cm]{page1}", 2),
        ('<img src="page1.png">', 2),
        ("an image of page 1", 0),
        (rf"![page 1](page1.png) $${GRADIENT} = \delta x^T$$", 0),
    ],
)
def test_a_picture_may_hold_an_answer(text: str, pending: int) -> None:
    assert first(text).pending == pending


def test_a_layout_that_is_tolerated_costs_no_step() -> None:
    tolerant = read_assignment(AFFINE.replace("deduct = { sign = 0.5 }", 'tolerance = "layout"'))
    for answer in (r"2 \delta x^T - \delta x^T = \delta x^T", r"2 x \delta^T - x \delta^T = x \delta^T"):
        mark = grade(tolerant, [Text("hw.md", f"# 1\n$${GRADIENT} = {answer}$$")]).marks[0]
        assert points(mark) == (2, 0), answer
        assert mark.first_wrong is None
        assert mark.mistakes == ()


def test_an_answer_in_cases_is_for_a_person() -> None:
    assignment = read_assignment(
        '[[question]]\nid = "1"\n[question.names]\nx = "n"\n[question.definitions]\ns = "softmax(x)"\n'
        "[[question.part]]\nid = '1'\nasks = '\\frac{\\partial s_i}{\\partial x_j}'\npoints = 2\n"
        "answer = 's_i (\\delta_{ij} - s_j)'"
    )
    cases = "$$G = s_i (1 - s_i) \\quad \\text{if } i = j$$ $$G = -s_i s_j \\quad \\text{if } i \\ne j$$"
    text = cases.replace("G", r"\frac{\partial s_i}{\partial x_j}")
    (mark,) = grade(assignment, [Text("hw.md", f"# 1\n{text}")]).marks
    assert points(mark) == (0, 2), mark.why
    whole = r"# 1\n$$\frac{\partial s_k}{\partial x_l} = s_k (\delta_{kl} - s_l)$$".replace(r"\n", "\n")
    (mark,) = grade(assignment, [Text("hw.md", whole)]).marks
    assert mark.awarded == 2, mark.why


ONE = "\n".join(AFFINE.split("[[question]]")[:2]).replace("\n\n", "\n[[question]]\n", 1)


@pytest.mark.parametrize(
    ("text", "awarded"),
    [
        (r"$$G = x \delta$$", 1),
        (r"$$G = \delta x^T$$", 1),
        (r"$$G = \delta^T x^T$$", 0),
        (r"$$G = x \delta^T$$", 0),
        (r"$$G = -x \delta$$", 0),
    ],
)
def test_any_layout_may_be_chosen(text: str, awarded: int) -> None:
    """In the numerator layout delta is a row, and in the others a column."""
    open_layout = ONE.replace('id = "1"', 'id = "1"\nlayout = "any"')
    (mark,) = grade(read_assignment(open_layout), [Text("hw.md", text.replace("G", GRADIENT))]).marks
    assert mark.awarded == awarded, mark.why


def test_a_lone_question_needs_no_heading() -> None:
    (mark,) = grade(read_assignment(ONE), [Text("hw.md", rf"$${GRADIENT} = \delta x^T$$")]).marks
    assert mark.awarded == 1


def test_a_person_decides_on_a_link() -> None:
    text = f"# 1\n$${GRADIENT} = \\heartsuit$$"
    key = graded(text).lines[0].key
    for standing, awarded in ((Standing.SOUND, 1), (Standing.WRONG, 0)):
        mark = graded(text, {key: Ruling(standing, "a heart")}).marks[0]
        assert points(mark) == (awarded, 0)
        assert "a heart" in mark.why[0]


def test_several_files_are_one_submission() -> None:
    texts = [Text("a.md", f"# 1\n$${GRADIENT} = \\delta x^T$$"), Text("b.md", "# 2\n$$(a+1)^2 = a^2 + 2a + 1$$")]
    assert [each.awarded for each in grade(ASSIGNMENT, texts).marks] == [1, 2]
    refused = [texts[0], Text("b.md", "", "it is broken")]
    assert [each.pending for each in grade(ASSIGNMENT, refused).marks] == [0, 4]
