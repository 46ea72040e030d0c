"""The JSON schemas, as Markdown: of each a table of its keys, and the schema itself to be taken away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commands import ESCAPED

FOLDER = Path(__file__).parent / "schemas"


def schemas_in_markdown() -> str:
    """A section for each schema in the folder."""
    return "\n".join(line for path in sorted(FOLDER.glob("*.schema.json")) for line in _section(path))


def _section(path: Path) -> Iterator[str]:
    schema = json.loads(path.read_text(encoding="utf-8"))
    yield f"## {path.name.removesuffix('.schema.json')}\n"
    told = [schema[key] for key in ("title", "description") if key in schema]
    yield f"{'. '.join(told)}\n\n{{download}}`{path.name} <schemas/{path.name}>`\n"
    named = {"": schema, **schema.get("$defs", {})}
    for name, each in named.items():
        yield f"\n`{name}`:\n" if name else ""
        for alternative in each.get("oneOf", [each]):
            yield from _table(alternative)
    yield ""


def _table(schema: dict[str, Any]) -> Iterator[str]:
    rows = list(_rows(schema))
    if rows:
        yield "\n| key | kind | |\n|---|---|---|"
        yield from rows
        yield ""
    else:
        yield f"{_kind(schema)}\n"


def _rows(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """A row for each key, those of the objects within it after it; of alternatives, the keys of each."""
    for alternative in [*schema.get("oneOf", ()), *schema.get("anyOf", ())]:
        yield from _rows(alternative, path)
    required = set(schema.get("required", ()))
    for name, each in schema.get("properties", {}).items():
        said = [each["description"].translate(ESCAPED)] if "description" in each else []
        absent = [] if name in required else ["May be absent."]
        yield f"| `{path}{name}` | {_kind(each)} | {' '.join([*said, *absent])} |"
        inner = each.get("items", each)
        if isinstance(inner, dict):
            yield from _rows(inner, f"{path}{name}.")


def _kind(schema: dict[str, Any] | bool) -> str:
    """The kind of a value in few words."""
    match schema:
        case {"$ref": str(to)}:
            return f"`{to.rpartition('/')[2].removesuffix('.schema.json')}`"
        case {"const": value}:
            return f"`{json.dumps(value)}`"
        case {"enum": list(values)}:
            return ", ".join(f"`{json.dumps(value)}`" for value in values)
        case {"type": "array", "items": items}:
            return f"list of {_kind(items)}"
        case {"type": str(kind)}:
            return kind
        case {"type": list(kinds)}:
            return " or ".join(kinds)
        case {"anyOf": list(kinds)} | {"oneOf": list(kinds)}:
            return " or ".join(map(_kind, kinds))
        case _:
            return "any"
