"""Every claim is proved and sampled, every mistake is caught; and the files that claim keep their rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import derivations
from derivations import sources
from verify.catalog import NamedClaim, NamedMistake, find
from verify.check import link_expressions, prove_claim, prove_mistake
from verify.language import (
    Call,
    Claim,
    Derivative,
    Misshapen,
    Mistake,
    Relation,
    Source,
    Vjp,
    diff,
    equal,
    exp,
    less,
    scalar,
    sigma,
)
from verify.language.link import Chain

CATALOG = find("derivations")
FILES = sorted(Path(derivations.__path__[0]).glob("*.py"))
z = scalar("z")


@pytest.mark.parametrize("named", CATALOG.claims, ids=lambda named: named.name)
def test_a_claim_is_proved_and_agrees_with_the_sampler(named: NamedClaim) -> None:
    result = prove_claim(named.claim)
    assert result.proved, [(each.left, each.right, each.verdict) for each in result.judgments]
    if result.sampled is None:
        assert all(link.relation is Relation.TENDS for link in named.claim.links()), result.why_not_sampled
        assert result.why_not_sampled == "a limit has no points to sample"
    else:
        assert result.sampled.points > 0


@pytest.mark.parametrize("named", CATALOG.mistakes, ids=lambda named: named.name)
def test_a_mistake_is_caught_as_expected(named: NamedMistake) -> None:
    result = prove_mistake(named.mistake)
    assert result.caught, result.verdict


def test_a_false_claim_and_a_true_mistake_would_be_seen() -> None:
    squared = Claim("Planted.", equal(sigma.derivative(z), sigma(z) ** 2))
    assert not prove_claim(squared).proved
    doubled = Claim("Twice z.", equal(z + z, 2 * z))
    assert not prove_mistake(Mistake("No mistake.", of=doubled, answer=z * 2)).caught
    assert not prove_mistake(Mistake("Of another kind.", of=doubled, answer=z, expect=Misshapen)).caught


def test_a_claim_under_a_condition_that_it_does_not_declare_would_be_seen() -> None:
    assert not prove_claim(Claim("Only where z is not 0.", equal(z / z, 1))).proved


def without_a_mistake(claims: tuple[NamedClaim, ...], mistakes: tuple[NamedMistake, ...]) -> list[str]:
    of = {named.of for named in mistakes}
    return [named.name for named in claims if named.name not in of]


def test_every_claim_has_a_mistake_about_it() -> None:
    assert without_a_mistake(CATALOG.claims, CATALOG.mistakes) == []


def test_a_claim_without_a_mistake_would_be_seen() -> None:
    (first, *_), left_out = CATALOG.claims, CATALOG.claims[0].name
    others = tuple(named for named in CATALOG.mistakes if named.of != left_out)
    assert without_a_mistake((first,), others) == [left_out]


def test_a_mistake_stands_in_the_file_of_its_claim() -> None:
    apart = [each.name for each in CATALOG.mistakes if each.name.rpartition(".")[0] != each.of.rpartition(".")[0]]
    assert apart == []


def is_algebra(chain: Chain) -> bool:
    """Whether no derivative is written in a statement: then it follows from definitions by arithmetic."""
    sides = [side for link in chain.links() for side in link_expressions(link)]
    if any(side.atoms(Derivative, Vjp) for side in sides):
        return False
    return not any(call.order for side in sides for call in side.atoms(Call))


def test_a_claim_has_a_source_unless_it_is_algebra() -> None:
    assert [
        each.name for each in CATALOG.claims if each.claim.source is None and not is_algebra(each.claim.statement)
    ] == []


@pytest.mark.parametrize(
    ("statement", "expected", "why"),
    [
        (equal(exp(-z), 1 / sigma(z) - 1), True, "functions alone"),
        (less(exp(-z), 1), True, "another relation"),
        (equal(diff(exp(z), z), exp(z)), False, "a derivative"),
        (equal(z, sigma.derivative(z)), False, "a prime"),
        (equal(z, 1 + 2 * exp(sigma.derivative(z))), False, "a prime within"),
    ],
)
def test_what_counts_as_algebra(statement: Chain, expected: bool, why: str) -> None:
    assert is_algebra(statement) is expected, why


def test_every_source_is_cited() -> None:
    cited = {id(named.claim.source) for named in CATALOG.claims}
    known = {name: value for name, value in vars(sources).items() if isinstance(value, Source)}
    assert [name for name, source in known.items() if id(source) not in cited] == []
    assert all(str(source.year) in name for name, source in known.items())


def beyond_mathematics(module: ast.Module) -> Iterator[str]:
    """What a file of claims may not hold: anything but a docstring, imports and names for expressions."""
    if not ast.get_docstring(module):
        yield "no docstring"
    for statement in module.body:
        match statement:
            case ast.ImportFrom(module="verify" | "derivations") | ast.Assign():
                pass
            case ast.Expr(value=ast.Constant(value=str())):
                pass
            case _:
                yield f"line {statement.lineno}: {type(statement).__name__}"
    # What a family or a recursion is at a level is a function of the level.
    of_levels = {
        argument
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"family", "recursion", "definition"}
        for argument in node.args
    }
    control = (ast.IfExp, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp, ast.NamedExpr)
    for node in ast.walk(module):
        if isinstance(node, control) or (isinstance(node, ast.Lambda) and node not in of_levels):
            yield f"line {node.lineno}: {type(node).__name__}"


def named_twice(module: ast.Module) -> list[str]:
    """The names that a file gives twice: what the first stood for would be lost."""
    names = [
        node.id
        for statement in module.body
        if isinstance(statement, ast.Assign)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return sorted({name for name in names if names.count(name) > 1})


def unused(module: ast.Module) -> list[str]:
    """The names that a file gives to something that is neither a claim nor a mistake nor a source, and never uses."""
    used = {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    own = {"Claim", "Mistake", "Source"}
    return [
        node.id
        for statement in module.body
        if isinstance(statement, ast.Assign)
        and not (isinstance(statement.value, ast.Call) and ast.unparse(statement.value.func) in own)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in used
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_claims_is_mathematics_alone(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert list(beyond_mathematics(module)) == []
    assert named_twice(module) == []
    assert unused(module) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1", "no docstring"),
        ('"""A."""\nimport os', "line 2: Import"),
        ('"""A."""\nfrom verify.language import Claim', "line 2: ImportFrom"),
        ('"""A."""\nif True:\n    x = 1', "line 2: If"),
        ('"""A."""\ndef f(): ...', "line 2: FunctionDef"),
        ('"""A."""\nx = [y for y in z]', "line 2: ListComp"),
        ('"""A."""\nx = 1 if y else 2', "line 2: IfExp"),
        ('"""A."""\nf = lambda x: x', "line 2: Lambda"),
        ('"""A."""\nf = family("f", lambda l: l if l else 0)', "line 2: IfExp"),
    ],
)
def test_a_planted_statement_is_seen(text: str, says: str) -> None:
    assert says in list(beyond_mathematics(ast.parse(text)))


def test_a_planted_name_is_seen() -> None:
    module = ast.parse('"""A."""\nx, y = 1, 2\nz = x\nx = Claim(z)')
    assert named_twice(module) == ["x"]
    assert unused(module) == ["y"]


def test_every_file_of_claims_is_found() -> None:
    found = {name.rpartition(".")[0] for name in CATALOG.names}
    assert found == {path.stem for path in FILES} - {"__init__", "sources"}
    assert len(set(CATALOG.names)) == len(CATALOG.names)
