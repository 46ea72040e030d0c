"""``gradproof recheck``: certificates decided again by a second judge."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from verify.commands.ending import Exit, Refusal
from verify.commands.given import LARGEST_RECORD, bytes_of, print_json

if TYPE_CHECKING:
    from verify.recheck import Outcome

DEEPEST = 12


@click.command(short_help="Certificates, decided again by a second judge.")
@click.argument("file", metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--all", "every", is_flag=True, help="List what is re-decided, too.")
@click.pass_context
def recheck(ctx: click.Context, file: str, form: str, every: bool) -> None:
    """Decide the certificates in FILE again, by a program that shares nothing with the prover.

    FILE is what prove or check printed with --format json --certificates; - is the standard input. A certificate is
    re-decided (proved again for all sizes, or refuted again at its witness), re-tested (the sides agree at some
    instances, which is no proof), not tested, or rejected.

    \b
    Examples:
      gradproof prove --format json --certificates > certificates.json
      gradproof recheck certificates.json
      gradproof check hw.md --format json --certificates | gradproof recheck -
    """
    found = [(name, _outcome(certificate, name)) for name, certificate in _certificates(_record(file), ())]
    if not found:
        raise Refusal(f"{file}: it holds no certificate; print them with --format json --certificates", Exit.NO_FILE)
    if form == "json":
        print_json({"format": "gradproof.recheck/1", "certificates": [{"of": n, "outcome": o.value} for n, o in found]})
    else:
        click.echo("\n".join(_lines(found, every)))
    ctx.exit(Exit.PROVED if all(outcome.accepted for _, outcome in found) else Exit.NOT_PROVED)


def _record(file: str) -> Any:
    try:
        return json.loads(bytes_of(file, LARGEST_RECORD), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{file}: it is no JSON: {error}", Exit.NO_FILE) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, each key of which stands there once."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key[:40]!r} stands twice in one object")
        found[key] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _certificates(record: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The certificates in a record, each with what it is of: a claim or a file, and the link by its place."""
    if len(path) > DEEPEST:
        return
    if isinstance(record, dict):
        if record.get("format") == "gradproof.certificate/1":
            yield " ".join(path) or "certificate", record
            return
        own = [record[key] for key in ("name", "path", "id") if isinstance(record.get(key), str)]
        for key in ("claims", "mistakes", "files", "links", "certificate"):
            yield from _certificates(record.get(key), (*path, *own[:1]))
    if isinstance(record, list):
        for place, each in enumerate(record, start=1):
            at = (f"link {place}",) if path else ()
            yield from _certificates(each, (*path, *at))


def _outcome(certificate: Any, name: str) -> Outcome:
    from verify.recheck import Malformed, recheck

    try:
        return recheck(certificate)
    except Malformed as error:
        raise Refusal(f"{name}: not a certificate as documented: {error}", Exit.NO_FILE) from error


def _lines(found: list[tuple[str, Outcome]], every: bool) -> Iterator[str]:
    listed = [(name, outcome) for name, outcome in found if every or not outcome.decided]
    widest = max((len(outcome) for _, outcome in listed), default=0)
    for name, outcome in listed:
        yield f"{outcome:{widest}}  {name}"
    if listed:
        yield ""
    counts = Counter(outcome for _, outcome in found)
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in type(found[0][1]))
    yield f"{len(found)} certificates: {told}"
