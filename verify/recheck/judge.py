"""A second judge of what was proved or refuted, from the certificate alone and without a normal form.

A proof is *re-decided* if instances of the sizes that :mod:`verify.recheck.sizes` counts agree, and one of a range if
the quotients that are given have their signs; where that does not apply it is *re-tested*, at some instances.
A refutation is re-decided by its witness: hypotheses hold there, both sides are defined, and the statement
fails for certain. An induction is what its parts are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flint import ctx

from verify.recheck.affine import equal_by_exponentials
from verify.recheck.consistent import require_certificate
from verify.recheck.form import Malformed
from verify.recheck.identity import equal_for_all_sizes
from verify.recheck.limit import Limit
from verify.recheck.order import lies_in_its_set
from verify.recheck.outcome import Outcome
from verify.recheck.stated import Stated
from verify.recheck.tested import tested
from verify.recheck.vanishing import vanishes_by
from verify.recheck.witness import witnessed

FORMAT = "gradproof.certificate/1"
BITS = 256

ORDER = list(Outcome)


def recheck(certificate: Any) -> Outcome:
    """What the second judge says of a certificate.

    Raises :class:`~verify.recheck.form.Malformed` for what is none, with the place where it is none.
    """
    if isinstance(certificate, dict) and certificate.get("format") != FORMAT:
        raise Malformed("format", f"{str(certificate.get('format'))[:40]!r}; expected {FORMAT}")
    require_certificate(certificate)
    ctx.prec = BITS
    return _judged(certificate)


def _judged(certificate: Mapping[str, Any]) -> Outcome:
    if "parts" in certificate:
        return max(map(_judged, certificate["parts"]), key=ORDER.index)
    stated = Stated(certificate["statement"])
    if "growth" in certificate:
        found = Limit(stated).found(certificate["growth"])
        shown = found is not None and stated.tends_to(found) == (certificate["verdict"] == "proved")
        return Outcome.DECIDED if shown else Outcome.REJECTED
    if certificate["verdict"] == "refuted":
        return witnessed(stated, certificate["witness"])
    if "range" in certificate:
        shown = lies_in_its_set(certificate["statement"], certificate["range"])
        return Outcome.DECIDED if shown else Outcome.REJECTED
    if "vanishing" in certificate:
        shown = stated.is_equation and vanishes_by(stated, certificate["vanishing"])
        # What is defined nowhere is equal to everything: it must be defined at a point.
        return Outcome.DECIDED if shown and tested(Stated(certificate["statement"])).accepted else Outcome.REJECTED
    shown = stated.is_equation and (equal_for_all_sizes(stated, *stated.sides) or equal_by_exponentials(stated))
    return Outcome.DECIDED if shown else tested(stated)
