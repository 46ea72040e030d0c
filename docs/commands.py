"""The reference of the command line, as Markdown, from the commands themselves."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from verify.cli import program

ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|$"})


def commands_in_markdown() -> str:
    """A section for each command: how it is called, what it says of itself, and a table of its options."""
    return "\n".join(line for path, command in commands(program, "gradproof") for line in _section(path, command))


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all commands below it, each with what one types to call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            yield from commands(below, f"{path} {name}")


def _section(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=path, **program.context_settings)
    yield f"## {path}\n"
    yield f"```text\n{path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        # A paragraph that click is not to fill is a list of examples or of codes.
        kept = paragraph.removeprefix("\b\n")
        yield f"```text\n{kept}\n```\n" if kept != paragraph else f"{paragraph.translate(ESCAPED)}\n"
    yield "| option | |\n|---|---|"
    for parameter in command.get_params(context):
        told = parameter.get_help_record(context)
        if told is not None:
            yield f"| `{told[0].replace('|', ' or ')}` | {told[1].translate(ESCAPED)} |"
    yield ""
