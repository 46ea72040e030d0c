"""Every claim of the proof suite, typed in three ways, is proved through the reader; every mistake is caught."""

import pytest

from tests.read.typed import WAYS, context_of, found, is_clear
from verify.language import Claim, Link, Mistake, Proved
from verify.read import read_chain
from verify.read.judge import judge

SAMPLED = 13


def typed(kind: type) -> list[tuple[str, str, Claim | Mistake]]:
    """The claims or the mistakes in which what is printed tells all."""
    return [each for each in found(kind) if is_clear(each[2].links())]


CLAIMS, MISTAKES = typed(Claim), typed(Mistake)


def verdicts(module: str, links: tuple[Link, ...], way: str) -> list[type]:
    return [type(each.verdict) for each in judge(read_chain(WAYS[way](links), context_of(module, links)))]


def is_proved(module: str, claim: Claim | Mistake, way: str) -> bool:
    links = claim.links()
    return verdicts(module, links, way) == [Proved] * len(links)


def is_caught(module: str, mistake: Claim | Mistake, way: str) -> bool:
    assert isinstance(mistake, Mistake)
    return verdicts(module, mistake.links(), way)[-1:] == [mistake.expect]


def test_almost_all_are_printed_whole() -> None:
    assert len(CLAIMS) > 0.95 * len(found(Claim))
    assert len(MISTAKES) > 0.95 * len(found(Mistake))


@pytest.mark.parametrize("way", WAYS)
def test_a_sample_of_claims_is_proved(way: str) -> None:
    assert [f"{module}.{key}" for module, key, each in CLAIMS[::SAMPLED] if not is_proved(module, each, way)] == []


@pytest.mark.parametrize("way", WAYS)
def test_a_sample_of_mistakes_is_caught(way: str) -> None:
    assert [f"{module}.{key}" for module, key, each in MISTAKES[::SAMPLED] if not is_caught(module, each, way)] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("module", "key", "claim"), CLAIMS, ids=[f"{module}.{key}" for module, key, _ in CLAIMS])
def test_every_claim_is_proved(module: str, key: str, claim: Claim, way: str) -> None:
    assert is_proved(module, claim, way), key


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("module", "key", "mistake"), MISTAKES, ids=[f"{module}.{key}" for module, key, _ in MISTAKES])
def test_every_mistake_is_caught(module: str, key: str, mistake: Mistake, way: str) -> None:
    assert is_caught(module, mistake, way), key
