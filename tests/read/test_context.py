"""Contexts: what kinds and definitions mean, which question holds where, and every mistake in a file at once."""

from pathlib import Path

import pytest

from verify.language import (
    Defined,
    Delta,
    Dependent,
    Dimension,
    Expression,
    Index,
    Name,
    Number,
    Opaque,
    dims,
    index,
    matrix,
    row,
    scalar,
    shape,
    sigma,
    vector,
    vector_of,
)
from verify.read import AssignmentError, Context, load_context, read_context
from verify.read.scope import Elementwise, Indexed, Quantity, Template

d, k, n = dims("d k n")
o = Index("o", n)


def quantity(context: Context, key: str) -> Expression:
    meaning = context.general.scope.names[key].meaning
    assert isinstance(meaning, Quantity)
    return meaning.expression


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("scalar", scalar("a")),
        ("d", vector("a", d)),
        ("1 x d", row("a", d)),
        ("d x k", matrix("a", d, k)),
        ("3", vector("a", 3)),
        ("3 x d", matrix("a", 3, d)),
        ("n+1", vector("a", n + 1)),
        ("2n", vector("a", 2 * n)),
        ("n_1 x n_2", matrix("a", Dimension("n_1"), Dimension("n_2"))),
        ("d × k", matrix("a", d, k)),
        ("dimension", Dimension("a")),
        ("positive scalar", scalar("a")),
        ("n all ones", Defined("a", vector_of(index("i", n), 1))),
    ],
)
def test_kinds(kind: str, expected: Expression) -> None:
    assert quantity(read_context(f'[names]\na = "{kind}"'), "a") == expected


def test_other_kinds() -> None:
    context = read_context(
        """
        [names]
        J = "function of y, x"
        f = "elementwise function"
        t = "n one-hot at o"
        o = "index n"
        x = "n"
        [definitions]
        y = 'f(x)'
        """
    )
    names = {key: named.meaning for key, named in context.general.scope.names.items()}
    x = vector("x", n)
    y = Defined("y", Opaque("f")(x))
    assert names["J"] == Quantity(Dependent("J", y, x))
    assert names["f"] == Elementwise(Opaque("f"))
    assert names["o"] == Indexed(o)
    i = index("i", n)
    assert names["t"] == Quantity(Defined("t", vector_of(i, Delta(i, o))))


def test_definitions_need_no_order() -> None:
    context = read_context("""
        [names]
        x = "n"
        [definitions]
        h = 'g(a)'
        a = 'x + x'
        'g(v)' = 'v^2'
    """)
    assert shape(quantity(context, "h")) == (n, Number(1))


def test_a_definition_may_be_of_a_function() -> None:
    context = read_context("[names]\nW = 'n x n'\nv = 'n'\n[definitions]\n'g(z)' = '2z'\n'h(v)' = 'W v'")
    names = {key: named.meaning for key, named in context.general.scope.names.items()}
    assert isinstance(names["g"], Elementwise)
    assert isinstance(names["h"], Template)


def test_a_usual_name_may_be_defined_anew_wherever_it_stands_in_the_file() -> None:
    context = read_context(r"""
        [names]
        z = "scalar"
        [definitions]
        a = '\sigma(z)'
        '\sigma(z)' = '\tanh(z)'
    """)
    assert quantity(context, "a").meaning.function != sigma  # type: ignore[union-attr]


def test_names_and_dimensions_are_known_in_the_order_of_the_file() -> None:
    assert read_context('[names]\nW = "k x d"\nx = "d"').general.scope.known[:4] == ("k", "d", "W", "x")


QUESTIONS = """
title = "Homework"
layout = "numerator"
given = ["c > 0"]
[names]
c = "scalar"

[[question]]
id = "1.5"
[question.names]
x = "d"

[[question]]
id = "1.5b"
layout = "mixed"
given = ["x > 0"]
[question.names]
x = "scalar"

[[question]]
id = "2"
heading = 'Word2vec / .*Gradients'

[[question]]
id = "3"
heading = 'Word2vec'

[[question]]
id = "4"
begins = '^Consider now'
"""


@pytest.mark.parametrize(
    ("path", "question", "why"),
    [
        ((), None, "before all headings"),
        (("Homework",), None, "no question"),
        (("Q1.5",), "1.5", "a number"),
        (("Homework", "Q 1.5"), "1.5", "below another heading"),
        (("Q1.5", "Details"), "1.5", "a question reaches over the headings below it"),
        (("Q1.5b",), "1.5b", "a longer number is another"),
        (("Q1.5.1",), None, "also with a dot"),
        (("Q11.5",), None, "or in front"),
        (("Q2.1.5",), None, "or in front, with a dot"),
        (("2 Word2vec", "(b) Gradients"), "2", "a pattern on the path"),
        (("2 Word2vec", "(a) Loss"), "3", "another part"),
        (("Q1.5", "Question 1.5b"), "1.5b", "the most particular wins"),
    ],
)
def test_which_question_holds(path: tuple[str, ...], question: str | None, why: str) -> None:
    assert read_context(QUESTIONS).for_question(path).question == question, why


def test_a_question_inherits_what_stands_at_the_top() -> None:
    context = read_context(QUESTIONS)
    first, second = context.for_question(["Q1.5"]), context.for_question(["Q1.5b"])
    assert (first.layout, second.layout) == ("numerator", "mixed")
    assert [str(link) for link in second.given] == ["c > 0", "x > 0"]
    assert [str(link) for link in first.given] == ["c > 0"]
    assert "c" in first.scope.names
    x = first.scope.names["x"].meaning
    assert isinstance(x, Quantity)
    assert x.expression == Name("x", (d, Number(1)))


def test_a_line_of_text_may_begin_a_question() -> None:
    context = read_context(QUESTIONS)
    begun = context.beginning_at("Consider now the loss.")
    assert begun is not None
    assert begun.question == "4"
    assert context.beginning_at("We consider now the loss.") is None


@pytest.mark.parametrize(
    ("text", "mistake", "why"),
    [
        ("a = ]", "line 1: this is not TOML: Invalid value (at line 1, column 5)", "not TOML"),
        ('layuot = "mixed"', "line 1: layuot: unknown key; did you mean 'layout'?", "a key"),
        ('[nmaes]\na = "scalar"', "line 1: nmaes: unknown key; did you mean 'names'?", "a table"),
        ('operators = "x"', "line 1: operators: expected a table but got a text", "no table"),
        (
            'layout = "denominater"',
            "line 1: layout: unknown layout 'denominater'; did you mean 'denominator'?",
            "a layout",
        ),
        ("title = 3", "line 1: title: expected a text but got a number", "a type"),
        ("names = 3", "line 1: names: expected a table but got a number", "another"),
        ("[names]\na = 3", "line 2: names.a: expected a text but got a number", "in a table"),
        ("given = 3", "line 1: given: expected a list of texts", "a list"),
        ("question = 3", "line 1: question: expected tables, each under [[question]]", "a list of tables"),
        ('[names]\na = "scaler"', "line 2: names.a: unknown kind 'scaler': did you mean 'scalar'?", "a kind"),
        ('[names]\na = "d by k"', "line 2: names.a: unknown kind 'd by k': expected one of", "a kind like no other"),
        ('[names]\na = "d x k x n"', "line 2: names.a: unknown kind 'd x k x n': a shape has one axis or two", "axes"),
        (
            '[names]\na = "functon of y"',
            "line 2: names.a: unknown kind 'functon of y': did you mean 'function'?",
            "a word",
        ),
        (
            '[names]\na = "d +"',
            "line 2: names.a: unknown kind 'd +': the expression ends here in the shape 'd +'",
            "a shape",
        ),
        ('[names]\n"a+b" = "scalar"', "line 2: names.'a+b': 'a+b' is no name", "a name"),
        ('[names]\nd = "scalar"\nx = "d"', "line 2: names.d: d is a dimension in the shape of x", "a dimension"),
        ("[names]\n'\\hat y' = 'n'\n'\\hat{y}' = 'n'", "declared twice: this is the name \\hat y", "twice"),
        ('[names]\nJ = "function of y"', "line 2: names.J: the name y is not declared", "an argument"),
        ('[names]\nt = "n one-hot at o"\no = "scalar"', "line 2: names.t: o is no index: declare it", "an index"),
        (
            "[definitions]\ny = 'W x'",
            "line 2: definitions.y: the name W is not known here, at column 1 of 'W x'",
            "a name",
        ),
        (
            "[definitions]\ny = 'y + 1'",
            "line 2: definitions.y: y cannot be known before y, and so in a circle",
            "itself",
        ),
        ("[definitions]\n'2' = '1'", "line 2: definitions.2: '2' is no name, and no function of names", "no name"),
        ("[definitions]\na = '('", "line 2: definitions.a: the expression ends here, at column 2 of '('", "a formula"),
        (
            "[names]\nx = 'd'\ny = 'k'\n[definitions]\ny = 'x'",
            "line 5: definitions.y: declared as k x 1, and defined as d x 1",
            "shapes",
        ),
        ("[names]\nf = 'elementwise function'\n[definitions]\nf = '1'", "both declared and defined", "twice"),
        ("[names]\nx = 'd'\nu = 'k'\n[definitions]\ns = 'x + u'", "and u (k x 1) cannot be added", "shapes within"),
        (
            "[names]\nx = 'd'\nu = 'd'\n[definitions]\ng = '\\frac{\\partial x}{\\partial u}'",
            "x does not depend on u",
            "a doubt",
        ),
        ("given = ['z > 0']", "line 1: given: the name z is not known here, at column 1 of 'z > 0'", "a hypothesis"),
        ("given = ['1']", "line 1: given: no relation, at column 1 of '1'", "no relation"),
        (
            "[names]\nz = 'scalar'\n\n[[question]]\nid = '1'\ngiven = ['z = ']",
            "line 6: question.1.given: ",
            "in a question",
        ),
        ("[[question]]\nlayout = 'mixed'", "line 1: question.1: a question needs an id", "an id"),
        (
            "[[question]]\nid = '1'\nheading = '('",
            "line 3: question.1.heading: '(' is no regular expression",
            "a pattern",
        ),
        (
            "[[question]]\nid = '1'\n[question.names]\na = 'scaler'",
            "line 4: question.1.names.a: unknown kind",
            "a kind",
        ),
        ("[[question]]\nid = '1'\nmarks = 3", "line 3: question.1.marks: unknown key", "a key of a question"),
    ],
)
def test_mistakes_in_a_context(text: str, mistake: str, why: str) -> None:
    with pytest.raises(AssignmentError) as caught:
        read_context(text, "hw.toml")
    assert str(caught.value).startswith("hw.toml: 1 mistake\n  "), why
    assert mistake in str(caught.value), why


def test_all_mistakes_are_listed_in_the_order_of_the_file() -> None:
    text = (
        'layuot = "mixed"\n[names]\na = "scaler"\nb = 3\n[definitions]\nc = "q"\n[[question]]\nid = "1"\nbegins = "["\n'
    )
    with pytest.raises(AssignmentError) as caught:
        read_context(text)
    assert [(mistake.line, mistake.key) for mistake in caught.value.mistakes] == [
        (1, "layuot"),
        (3, "names.a"),
        (4, "names.b"),
        (6, "definitions.c"),
        (9, "question.1.begins"),
    ]


def test_a_circle_names_what_is_in_it() -> None:
    with pytest.raises(AssignmentError, match="b cannot be known before a"):
        read_context("[definitions]\na = 'b + 1'\nb = 'a + 1'")


def test_a_file_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "hw.toml"
    path.write_text('title = "Homework"', encoding="utf-8")
    assert load_context(path).title == "Homework"


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "hw.toml"
    path.write_bytes(b'title = "a"\nb = "\xff"')
    with pytest.raises(AssignmentError, match="line 2: this is not UTF-8"):
        load_context(path)


def test_without_a_context_the_usual_functions_are_known() -> None:
    known = load_context(None).general.scope.known
    assert {r"\sigma", "tanh", "softmax", "exp", "log"} <= set(known)
    assert "x" not in known


def test_names_that_nothing_is_said_of_are_open_to_be_defined() -> None:
    context = read_context(r"""
        given = ["c > 0"]
        [names]
        x = "d"
        s = "d"
        a = "scalar"
        c = "scalar"
        J = "function of a"
        [definitions]
        y = 'x + x'
    """)
    meanings = {key: named.meaning for key, named in context.general.scope.names.items()}
    open_names = [key for key, meaning in meanings.items() if isinstance(meaning, Quantity) and meaning.open]
    assert open_names == ["s"]
