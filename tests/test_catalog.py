"""The catalogue finds every claim of a package once, under its name, in the order of files and lines."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from verify.catalog import Catalog, CatalogError, UnknownName, find

HEAD = "from verify import Claim, Misshapen, Mistake, dims, equal, matrix, scalar, vector\n\nz = scalar('z')\n"
ZEBRA = f"""{HEAD}
second_letter = Claim("Later in the alphabet, first in the file.", equal(z + z, 2 * z))
first_letter = Claim("The other way round.", equal(2 * z, z + z))
squared = Mistake("A square.", of=second_letter, answer=z * z)
"""
ANT = f"""{HEAD}
from animals.zebra import second_letter

alone = Claim("One side twice.", equal(z, z))
alias = alone
misread = Mistake("Of a claim that is imported.", of=second_letter, answer=z)
"""
DEEP = f"{HEAD}\ninner = Claim('In a package within.', equal(z * 1, z))\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in {"animals", "broken"}:
            del sys.modules[name]


@pytest.fixture
def animals(write: Path) -> Catalog:
    for name, text in {
        "__init__.py": "",
        "zebra.py": ZEBRA,
        "ant.py": ANT,
        "deep/__init__.py": "",
        "deep/well.py": DEEP,
    }.items():
        path = write / "animals" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return find("animals")


def test_claims_stand_in_the_order_of_files_and_lines_each_once(animals: Catalog) -> None:
    names = [named.name for named in animals.claims]
    assert names == ["ant.alone", "deep.well.inner", "zebra.second_letter", "zebra.first_letter"]


def test_a_mistake_knows_the_name_of_its_claim_across_files(animals: Catalog) -> None:
    assert [(named.name, named.of) for named in animals.mistakes] == [
        ("ant.misread", "zebra.second_letter"),
        ("zebra.squared", "zebra.second_letter"),
    ]


@pytest.mark.parametrize(
    ("names", "claims", "mistakes", "why"),
    [
        ((), 4, 2, "no name selects all"),
        (("zebra",), 2, 2, "a module: its claims, and all mistakes about them"),
        (("zebra.second_letter",), 1, 2, "a claim with its mistakes, wherever they stand"),
        (("zebra.squared",), 0, 1, "a mistake alone"),
        (("deep",), 1, 0, "a package within"),
        (("deep.well.inner", "ant.alone"), 2, 0, "several names, in the catalogue's order"),
    ],
)
def test_select(animals: Catalog, names: tuple[str, ...], claims: int, mistakes: int, why: str) -> None:
    chosen = animals.select(names)
    assert (len(chosen.claims), len(chosen.mistakes)) == (claims, mistakes), why


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("zebra.second_leter", "nothing is called zebra.second_leter; did you mean zebra.second_letter"),
        ("second_letter", "did you mean zebra.second_letter"),
        ("zebr", "did you mean zebra?"),
        ("xylophone", "the modules are ant, deep.well, zebra"),
        ("zebra.", "did you mean zebra"),
    ],
)
def test_an_unknown_name_gets_the_nearest(animals: Catalog, name: str, says: str) -> None:
    with pytest.raises(UnknownName) as caught:
        animals.select((name,))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says", "why"),
    [
        ("x = (1,\n", "claims.py:1", "not Python"),
        ("\nimport no_such_module_at_all\n", "broken.claims, line 2: No module named", "an import that fails"),
        (f"{HEAD}half = z * 0.5\n", "broken.claims, line 4: Expected an expression or an exact number", "a float"),
        (
            f"{HEAD}m, n = dims('m n')\nW, x = matrix('W', m, n), vector('x', n)\n"
            "turned = Claim('Turned.', equal(W * x, x))\n",
            "broken/claims.py:6:1: the claim 'Turned.': the left side W x is m x 1, the right side x is n x 1",
            "shapes that do not fit: the claim, both shapes, file and line",
        ),
        (
            f"{HEAD}lost = Mistake('Of nothing.', of=Claim('No name.', equal(z, z)), answer=2)\n",
            "broken/claims.py:4:1: the claim that the mistake claims.lost is about has no name",
            "a mistake about a claim that no variable holds",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(write: Path, text: str, says: str, why: str) -> None:
    (write / "broken").mkdir()
    (write / "broken" / "__init__.py").touch()
    (write / "broken" / "claims.py").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        find("broken")
    assert says in str(caught.value), why


@pytest.mark.parametrize("package", ["no_such_package", "no.such.package", "", "verify.cli.main"])
def test_a_package_that_is_not_there(package: str) -> None:
    with pytest.raises(CatalogError, match="there is no package"):
        find(package)
