"""The command ``gradproof``: checks write-ups, and proves the claims of a package.

What takes time to import is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import traceback
from types import TracebackType
from typing import Any

import click

from verify import __version__
from verify.commands.check import check
from verify.commands.ending import Exit, Refusal, say
from verify.commands.prove import prove
from verify.commands.recheck import recheck
from verify.commands.report import report
from verify.commands.room import told_limit
from verify.grade.cli import COMMANDS

__all__ = ["Exit", "main", "program"]

# There is no room for what is written: the disk, the quota, the limit of a file.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM = "failed to map segment from shared object"


class Program(click.Group):
    """A group of commands that says on one line why it cannot go on, and ends with its own exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            say(refusal)
            ctx.exit(refusal.code)
        except KeyboardInterrupt:
            say("interrupted")
            ctx.exit(Exit.INTERRUPTED)
        except OSError as error:
            if error.errno not in FULL:
                raise
            _write_no_more()
            say(f"the output: {error.strerror}")
            ctx.exit(Exit.NO_FILE)
        except (MemoryError, ImportError) as error:
            # A library that finds no room in memory cannot be imported.
            if isinstance(error, ImportError) and NO_ROOM not in str(error):
                raise
            say(f"there is not enough memory{told_limit()}")
            ctx.exit(Exit.NO_FILE)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gradproof", message="%(prog)s %(version)s")
def program() -> None:
    """Prove and check derivations, link by link, for all dimensions.

    A write-up is chains of links, a = b = c. Every link is proved for all dimensions, or refuted at an exact point, or
    named for what it is: misshapen, undecided, unreadable, or stated (a definition: nothing to check).

    \b
    Examples:
      gradproof check homework.md                  a verdict for every link of a write-up
      gradproof grade hw4.toml submissions/ --output results/
      gradproof prove                              every claim of the package derivations
      gradproof prove affine.weight_gradient --explain

    \b
    Exit codes:
      0  everything that was checked is proved
      1  something is refuted, misshapen, undecided or unreadable, or nothing was checked
      2  a mistake in the command line, in an assignment or in a file of claims
      3  a file cannot be read
      4  an error of ours
    """


for _command in (check, prove, recheck, report, *COMMANDS):
    program.add_command(_command)


def main() -> None:
    """Run the command; an error of ours ends in its traceback, a plea and exit code 4.

    Student text may hold characters that a terminal cannot show, and whoever reads our output may stop reading.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.excepthook = _our_error
    # Hypothesis would leave a folder of its own where it is run.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", f"{os.devnull}/hypothesis")
    # NumPy's library would begin a thread for each core, with room in memory for each; its arrays are small here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    program(prog_name="gradproof")


def _write_no_more() -> None:
    """Lose what is not written yet, which Python would otherwise try again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _our_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    traceback.print_exception(kind, error, trace)
    say("this is an error of ours, not yours; please report it with the lines above")
    raise SystemExit(Exit.OURS)
