"""Rules that the code itself must keep, read from its syntax."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import verify
from verify import language

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*(ROOT / "verify").rglob("*.py"), *(ROOT / "derivations").rglob("*.py")])

FORBIDDEN_CALLS = {
    "simplify",
    "nsimplify",
    "sympify",
    "parse_expr",
    "parse_latex",
    "lambdify",
    "equals",
    "eval",
    "exec",
    "compile",
    "__import__",
    "loads",
    "system",
    "Popen",
}
# Of these modules they are harmless: patterns, and JSON and TOML, which make nothing but data.
ALLOWED = {("compile", "re"), ("loads", "json"), ("loads", "tomllib")}
WHOLE = {"comb", "factorial", "gcd", "isqrt", "lcm", "perm", "prod"}
VAGUE_MODULES = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def called(module: ast.AST) -> Iterator[tuple[str, str, int]]:
    """What is called: the name, what it is an attribute of (or nothing), and the line."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield name, "", node.lineno
            case ast.Call(func=ast.Attribute(value=owner, attr=name)):
                yield name, ast.unparse(owner), node.lineno
            case _:
                continue


def forbidden_calls(module: ast.AST) -> list[tuple[str, int]]:
    return [
        (name, line) for name, owner, line in called(module) if name in FORBIDDEN_CALLS and (name, owner) not in ALLOWED
    ]


def catches_all(module: ast.AST) -> list[int]:
    """The lines of handlers that catch everything."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or {each.id for each in ast.walk(node.type) if isinstance(each, ast.Name)} & {"Exception", "BaseException"}
        )
    ]


def constructed(module: ast.AST, names: set[str]) -> list[tuple[str, int]]:
    """Where these are constructed: called by name, or through replace, which would alter what was proved."""
    return [(name, line) for name, _, line in called(module) if name in names]


def imported(module: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(name)):
                names |= {name, *(f"{name}.{alias.name}" for alias in node.names)}
            case _:
                continue
    return names


def floating(module: ast.AST) -> list[str]:
    """What brings floats or chance in: modules, functions of ``math`` that are not about whole numbers, constants."""
    names = imported(module)
    modules = {name for name in names if name.partition(".")[0] in {"numpy", "hypothesis", "mpmath", "random", "cmath"}}
    functions = {name for name in names if name.startswith("math.")} - {f"math.{name}" for name in WHOLE}
    constants = [repr(n.value) for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    calls = [name for name, _, _ in called(module) if name in {"float", "complex"}]
    return [*sorted(modules | functions), *constants, *calls]


def undocumented(module: ast.Module) -> list[str]:
    """The public names without a docstring, but for the methods of a derived class: its base may tell of them."""
    lacking = [] if ast.get_docstring(module) else ["the module"]
    waiting: list[ast.Module | ast.ClassDef] = [module]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                if not ast.get_docstring(node):
                    lacking.append(node.name)
                if isinstance(node, ast.ClassDef) and not node.bases:
                    waiting.append(node)
    return lacking


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
class TestEveryFile:
    def test_nothing_forbidden_is_called(self, path: Path) -> None:
        assert forbidden_calls(tree(path)) == []

    def test_no_handler_catches_everything(self, path: Path) -> None:
        assert catches_all(tree(path)) == []

    def test_verdicts_are_reached_in_the_kernel_alone(self, path: Path) -> None:
        if (ROOT / "verify" / "kernel") not in path.parents:
            assert constructed(tree(path), {"Proved", "Refuted"}) == []

    def test_the_kernel_sees_no_floats(self, path: Path) -> None:
        if (ROOT / "verify" / "kernel") in path.parents:
            assert floating(tree(path)) == []

    def test_what_is_public_says_what_it_is(self, path: Path) -> None:
        assert undocumented(tree(path)) == []

    def test_the_module_has_a_name_of_its_own(self, path: Path) -> None:
        assert path.stem not in VAGUE_MODULES


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("def f(x):\n    return simplify(x)", forbidden_calls),
        ("x.equals(0)", forbidden_calls),
        ("sympy.sympify('x')", forbidden_calls),
        ("eval('1')", forbidden_calls),
        ("compile('1', '', 'eval')", forbidden_calls),
        ("pickle.loads(data)", forbidden_calls),
        ("try:\n    f()\nexcept Exception:\n    pass", catches_all),
        ("try:\n    f()\nexcept:\n    pass", catches_all),
        ("try:\n    f()\nexcept (ValueError, BaseException) as error:\n    pass", catches_all),
        ("import numpy as np", floating),
        ("from math import sqrt", floating),
        ("x = 0.5", floating),
        ("x = float(3)", floating),
        ('"""A module."""\ndef public(): ...', undocumented),
        ('"""A module."""\nclass Public:\n    """A class."""\n    def public(self): ...', undocumented),
        ("x = 1", undocumented),
    ],
)
def test_a_planted_breach_is_seen(text: str, check: object) -> None:
    assert callable(check)
    assert check(ast.parse(text)) != []


@pytest.mark.parametrize("text", ["Proved('guess', (), replay)", "verdict.Refuted(witness)", "x = [Proved(m, c, r)]"])
def test_a_planted_verdict_is_seen(text: str) -> None:
    assert constructed(ast.parse(text), {"Proved", "Refuted"}) != []


def test_the_public_names_are_the_language_s() -> None:
    for name in verify.__all__:
        if name != "check":
            assert getattr(verify, name) is getattr(language, name)
    assert callable(verify.check)
    assert verify.__all__ == sorted(verify.__all__)
    assert set(verify.__all__) <= set(dir(verify))


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'verify' has no attribute 'guess'"):
        _ = verify.guess


def test_numbers_of_sympy_are_python_s_own() -> None:
    from sympy.external.gmpy import GROUND_TYPES

    assert GROUND_TYPES == "python"


def test_both_packages_are_typed_and_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == ["derivations", "verify"]
    assert all((ROOT / package / "py.typed").is_file() for package in packages)


def unnamed(modules: list[str], page: str) -> list[str]:
    """The modules that a page does not name."""
    return [module for module in modules if not re.search(rf"\b{module}\b", page)]


def test_what_must_be_trusted_names_every_part_of_the_kernel() -> None:
    page = (ROOT / "docs" / "trust.md").read_text()
    modules = [path.stem for path in (ROOT / "verify" / "kernel").glob("*.py") if path.stem != "__init__"]
    assert unnamed(modules, page) == []
    assert unnamed([*modules, "a_part_that_is_not_told_of"], page) == ["a_part_that_is_not_told_of"]
