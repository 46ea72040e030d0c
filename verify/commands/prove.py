"""``gradproof prove``: the claims of a package, proved and tried at random points."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.commands.ending import Exit, Refusal, only_in_json
from verify.commands.given import print_json
from verify.commands.room import NUMPY, need_room, told_limit

if TYPE_CHECKING:
    from verify.report.results import ProvedClaim, TriedMistake


@click.command(short_help="Every claim of a package, proved and sampled.")
@click.argument("names", nargs=-1, metavar="[NAMES]...")
@click.option("--package", default="derivations", show_default=True, help="The package that declares the claims.")
@click.option("--explain", is_flag=True, help="Show how each link was decided, or what is left of it.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="How many processes; by default 4 at most.")
@click.option("--certificates", is_flag=True, help="Add to each link in JSON the evidence for its verdict.")
@click.pass_context
def prove(
    ctx: click.Context,
    names: tuple[str, ...],
    package: str,
    explain: bool,
    form: str,
    jobs: int | None,
    certificates: bool,
) -> None:
    """Prove claims, try them at random points, and see that each of their mistakes is caught.

    NAMES are claims (affine.weight_gradient), modules (affine) or mistakes; without any, all claims are proved.

    \b
    Examples:
      gradproof prove
      gradproof prove affine softmax
      gradproof prove affine.weight_gradient --explain
      gradproof prove --package my_claims --format json
    """
    if explain and form == "json":
        raise click.UsageError("--explain is text; it does not go with --format json")
    only_in_json(form, certificates=certificates)
    claims, mistakes = proved_claims(names, package, jobs)
    if form == "json":
        from verify.report.records import proofs_record

        print_json(proofs_record(claims, mistakes, certificates=certificates))
    else:
        _print_proofs(claims, mistakes, explain)
    passed = bool(claims or mistakes) and all(each.passed for each in claims) and all(each.caught for each in mistakes)
    ctx.exit(Exit.PROVED if passed else Exit.NOT_PROVED)


def proved_claims(
    names: tuple[str, ...], package: str, jobs: int | None
) -> tuple[tuple[ProvedClaim, ...], tuple[TriedMistake, ...]]:
    """The claims and mistakes of a package that are named, all without any name, and how they fared."""
    from concurrent.futures.process import BrokenProcessPool

    from verify.catalog import CatalogError, UnknownName, find
    from verify.check import Contradiction
    from verify.suite import prove_all, usual_jobs

    need_room(NUMPY)
    sys.path.append(str(Path.cwd()))
    try:
        catalog = find(package).select(names)
    except (CatalogError, UnknownName) as error:
        raise Refusal(str(error), Exit.USAGE) from error
    try:
        return prove_all(package, catalog, jobs or usual_jobs())
    except Contradiction as error:
        raise Refusal(f"CONTRADICTION, an error of ours: {error}", Exit.OURS) from error
    except BrokenProcessPool as error:
        says = f"a process that proves claims ended, as happens where memory is short{told_limit()}"
        raise Refusal(f"{says}; --jobs 1 needs less", Exit.OURS) from error


def _print_proofs(claims: tuple[ProvedClaim, ...], mistakes: tuple[TriedMistake, ...], explain: bool) -> None:
    from verify.report.explain_text import explain_lines
    from verify.report.proofs_text import proof_lines
    from verify.report.readable import on_terminal
    from verify.report.terminal import painter, width

    lines = explain_lines if explain else proof_lines
    click.echo("\n".join(lines(claims, mistakes, width(), painter(), on_terminal())))
