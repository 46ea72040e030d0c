"""Certificates survive JSON, and say the same statement as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from verify.catalog import NamedClaim, find
from verify.check import check
from verify.kernel.certificate import FORMAT, certificate, read_statement
from verify.kernel.decide import ORDER
from verify.kernel.evaluate import Evaluation
from verify.kernel.modular import Modular
from verify.kernel.patterns import assigned, patterns
from verify.kernel.point import Point
from verify.kernel.serial import read_table
from verify.kernel.statement import statement
from verify.kernel.structure import structure
from verify.kernel.ties import ties, untied
from verify.language import Interval, Link, Proved, Refuted, Relation, at_most, equal, has_shape, less, scalar
from verify.language.unfold import depth_of

CATALOG = find("derivations")
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "certificate-1.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def equations(links: tuple[Link, ...]) -> list[Link]:
    """Those links that say an equation."""
    return [link for link in links if link.relation is Relation.EQUAL and not isinstance(link.right, tuple | Interval)]


@pytest.mark.parametrize("named", CATALOG.claims[::3], ids=lambda named: named.name)
def test_a_certificate_holds_its_statement(named: NamedClaim) -> None:
    for link in equations(named.claim.links()):
        verdict = check(link, second=True).verdict
        assert isinstance(verdict, Proved)
        record = json.loads(json.dumps(certificate(link, verdict)))
        VALIDATOR.validate(record)
        assert record["format"] == FORMAT
        assert record["verdict"] == "proved"
        if "parts" in record:
            assert len(record["parts"]) > 1
            continue
        if depth_of(link):
            continue
        read = read_statement(record["statement"])
        assert not isinstance(link.right, tuple | Interval)
        plain = untied(link, *ties(link)) if ties(link)[0] else link
        assert not isinstance(plain.right, tuple | Interval)
        stated = statement(plain.left, plain.right, plain.given)
        assert structure(read.left) == structure(stated.left)
        assert structure(read.right) == structure(stated.right)
        assert read.indices == stated.indices
        assert read.dimensions == stated.dimensions
        assert len(read.defined) == len(stated.partial)


def test_a_certificate_of_a_refutation_holds_its_witness() -> None:
    (named,) = [each for each in CATALOG.mistakes if each.name == "affine.sign_flipped"]
    (link,) = named.mistake.links()
    verdict = check(link).verdict
    assert isinstance(verdict, Refuted)
    record = json.loads(json.dumps(certificate(link, verdict)))
    VALIDATOR.validate(record)
    assert record["verdict"] == "refuted"
    assert record["witness"]["left"] != record["witness"]["right"]
    assert record["witness"]["sizes"] == {"m": 1, "n": 1}
    read = read_statement(record["statement"])
    pattern = patterns(read.indices, (read.left, read.right))[0]
    indices = assigned(pattern, {"m": 1, "n": 1}, 0)
    assert indices is not None
    values = Evaluation(Modular(Point(1)), {"m": 1, "n": 1})
    assert values.of(read.left, indices) != values.of(read.right, indices)


def test_the_schema_refuses_what_is_no_certificate() -> None:
    assert not VALIDATOR.is_valid({"format": FORMAT, "verdict": "proved", "statement": {}})
    assert not VALIDATOR.is_valid({"format": "something else"})


@pytest.mark.parametrize("named", CATALOG.claims, ids=lambda named: named.name)
def test_a_certificate_of_an_order_is_as_documented(named: NamedClaim) -> None:
    for link in (each for each in named.claim.links() if each.relation in (*ORDER, Relation.TENDS)):
        verdict = check(link).verdict
        assert isinstance(verdict, Proved)
        record = json.loads(json.dumps(certificate(link, verdict)))
        if record is None:  # a limit that is found otherwise than by the growth of its terms
            assert link.relation is Relation.TENDS
            continue
        VALIDATOR.validate(record)
        assert "parts" in record or record["statement"]["relation"] == link.relation


def test_shapes_have_no_certificates() -> None:
    z = scalar("z")
    (link,) = has_shape(z, ()).links()
    verdict = check(link).verdict
    assert isinstance(verdict, Proved)
    assert certificate(link, verdict) is None


def test_hypotheses_are_in_the_certificate() -> None:
    z, a = scalar("z"), scalar("a")
    (link,) = equal(z * a, a * z).links((*less(0, a).links(), *equal(z, 1).links(), *at_most(a, 3).links()))
    verdict = check(link).verdict
    assert isinstance(verdict, Proved)
    record = certificate(link, verdict)
    assert record is not None
    read = read_statement(json.loads(json.dumps(record["statement"])))
    assert [variable.symbol for variable in read.positive] == ["a"]
    assert len(read.given) == 1
    assert [each.strict for each in read.inequalities] == [False]


@pytest.mark.parametrize("node", [["sine", 0], [], "exp", None], ids=repr)
def test_what_is_no_term_is_refused(node: object) -> None:
    with pytest.raises(ValueError, match="is not known"):
        read_table([node])
