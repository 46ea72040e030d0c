"""Whether the parts of a certificate fit together: places that exist, indices that are bound, sizes that are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verify.recheck import form
from verify.recheck.form import require
from verify.recheck.table import Table, frozen, parts

LARGEST_TREE, DEEPEST = 20_000, 100


def require_certificate(value: Any) -> None:
    """Raise :class:`~verify.recheck.form.Malformed` for what is no certificate, with the place where it is none."""
    form.certificate(value, "")
    _require_parts_fit(value, "")


def _require_parts_fit(value: Mapping[str, Any], at: str) -> None:
    if "parts" in value:
        for number, part in enumerate(value["parts"]):
            require(part["verdict"] == "proved", f"{at}.parts[{number}].verdict", "only what is proved proves anything")
            _require_parts_fit(part, f"{at}.parts[{number}]")
        return
    statement, here = value["statement"], f"{at}.statement"
    _require_extents(statement, statement["dimensions"], here)
    table = _table(statement["terms"], here)
    _require_bound(statement, table, here)
    relation = statement.get("relation", "=")
    require(relation != "in" or "interval" in statement, here, "the key 'interval' is missing")
    require(relation not in ("=", "to") or "range" not in value, at, "a range shows no equation")
    if relation == "to" or "growth" in value:
        _require_limit(statement, value, table, at)
    for number, case in enumerate(value.get("range", [])):
        for side, distance in enumerate(case["distances"]):
            _require_distance(statement, distance, table, f"{at}.range[{number}].distances[{side}]")
    require("vanishing" not in value or value["verdict"] == "proved", f"{at}.vanishing", "steps refute nothing")
    for number, step in enumerate(value.get("vanishing", [])):
        for each in step:
            _require_place(table, each, None, f"{at}.vanishing[{number}]")
    if value["verdict"] == "refuted" and "growth" not in value:
        _require_witness(statement, value["witness"], f"{at}.witness")


def _table(nodes: list[Any], at: str) -> Table:
    """The nodes, each made from some before it, and not so many in all that they cannot be gone through."""
    sizes: list[int] = []
    depths: list[int] = []
    for place, node in enumerate(map(frozen, nodes)):
        here, inner = f"{at}.terms[{place}]", parts(node)
        require(all(each < place for each in inner), here, "it names a part that does not come before it")
        sizes.append(1 + sum(sizes[each] for each in inner))
        depths.append(1 + max((depths[each] for each in inner), default=0))
        require(sizes[-1] <= LARGEST_TREE and depths[-1] <= DEEPEST, here, "it is too large or too deep")
        for axis, own in _axes(node):
            require(isinstance(own, int) or own[3] == axis, here, "an index does not run over the axis that it is on")
        if node[0] == "entry":
            require(len(node[1][1]) == len(node[2]), here, "it has not one subscript for each axis")
        if node[0] == "dependence":
            for slot, own in node[2]:
                require(slot < len(node[3]), here, "it is by a slot that it does not have")
                require(len(own) == len(node[3][slot][0]), here, "it is by an entry of another slot")
    return Table(nodes, {})


def _axes(node: Any) -> Iterator[tuple[Any, Any]]:
    match node:
        case ("entry", variable, own):
            yield from zip(variable[1], own, strict=False)
        case ("delta", row, column) if not isinstance(row, int) and not isinstance(column, int):
            yield row[3], column
        case ("inverse", at, (row, column), _):
            yield from ((row[3], each) for each in (*at, column))
        case _:
            pass


def _require_extents(value: Any, dimensions: list[str], at: str) -> None:
    """Refuse a dimension that is not among those that are named."""
    match value:
        case [[[*names], str()], *_] if all(isinstance(each, str) for each in names):
            unknown = [each for names, _ in value for each in names if each not in dimensions]
            require(not unknown, at, f"the dimension {unknown[:1]} is not among those of the statement")
        case list():
            for place, each in enumerate(value):
                _require_extents(each, dimensions, f"{at}[{place}]")
        case dict():
            for key, each in value.items():
                _require_extents(each, dimensions, f"{at}.{key}")
        case _:
            pass


def _require_bound(statement: Mapping[str, Any], table: Table, at: str) -> None:
    """Refuse places that are none, and free indices that the statement does not have."""
    own = statement["indices"]
    wanted = [(f"{at}.{side}", statement[side], own) for side in ("left", "right")]
    wanted += [(f"{at}.defined[{number}]", each, None) for number, each in enumerate(statement["defined"])]
    for number, each in enumerate(statement["given"]):
        wanted += [(f"{at}.given[{number}].{side}", each[side], each["indices"]) for side in ("left", "right")]
    for number, (place, _, indices) in enumerate(statement["inequalities"]):
        wanted.append((f"{at}.inequalities[{number}]", place, indices))
    for number, (_, variable, indices, place) in enumerate(statement["random"]["moments"]):
        here = f"{at}.random.moments[{number}]"
        require(len(variable[1]) == len(indices), here, "it has not one subscript for each axis")
        wanted.append((here, place, indices))
    for here, place, indices in wanted:
        _require_place(table, place, indices, here)
    symbols = [index[1] for index in own]
    require(len(set(symbols)) == len(symbols), f"{at}.indices", "two indices have one name")
    for key in ("same", "distinct"):
        for number, each in enumerate(frozen(pair) for pair in statement[key]):
            known = all(isinstance(index, int) or index in frozen(own) for index in each)
            require(known, f"{at}.{key}[{number}]", "an index that the statement does not have")


def _require_place(table: Table, place: int, indices: Any, at: str) -> None:
    require(place < len(table.nodes), at, f"there is no node at {place}")
    unbound = set(table.free[place]) - set(frozen(indices)) if indices is not None else set()
    require(not unbound, at, f"the index {sorted(each[1] for each in unbound)[:1]} is bound nowhere")


def _require_distance(statement: Mapping[str, Any], distance: Mapping[str, Any], table: Table, at: str) -> None:
    many = len(distance["parameters"])
    for number, place in enumerate(distance["parameters"]):
        _require_place(table, place, statement["indices"], f"{at}.parameters[{number}]")
    for number, told in enumerate(distance["given"]):
        here = f"{at}.given[{number}]"
        require(told["inequality"] < len(statement["inequalities"]), here, "there is no such inequality")
        keys = {"inequality", "slope", "constant", "number"} if "number" in told else {"inequality", "above", "below"}
        require(set(told) == keys, here, f"the keys {', '.join(sorted(keys))} were expected")
        _require_polynomials(told, many, here)
    _require_polynomials(distance, many, at)


def _require_limit(statement: Mapping[str, Any], value: Mapping[str, Any], table: Table, at: str) -> None:
    for key, of, here in (
        ("towards", statement, f"{at}.statement"),
        ("limit", statement, f"{at}.statement"),
        ("growth", value, at),
    ):
        require(key in of, here, f"the key {key!r} is missing")
    require(statement.get("relation") == "to", f"{at}.statement.relation", "growth shows a limit alone")
    require(not statement["indices"], f"{at}.statement.indices", "a limit has none")
    place, sign = statement["towards"]
    _require_place(table, place, [], f"{at}.statement.towards")
    node = table.nodes[place]
    alone = node[0] == "size" or (node[0] == "entry" and not node[2])
    require(alone and sign != 0, f"{at}.statement.towards", "a number or a dimension was expected, and a sign")
    given = (
        any(statement[key] for key in ("given", "inequalities", "positive", "least"))
        or statement["random"]["variables"]
    )
    require(not given, f"{at}.statement", "a limit under hypotheses")
    _require_quotient(value["growth"], table, f"{at}.growth")


def _require_quotient(quotient: Mapping[str, Any], table: Table, at: str) -> None:
    _require_polynomials(quotient, len(quotient["functions"]), at)
    for number, function in enumerate(quotient["functions"]):
        here = f"{at}.functions[{number}]"
        _require_place(table, function["place"], [], here)
        for key in ("argument", "less_one"):
            if key in function:
                _require_quotient(function[key], table, f"{here}.{key}")


def _require_polynomials(quotient: Mapping[str, Any], many: int, at: str) -> None:
    for part in ("above", "below"):
        terms = [exponents for _, exponents in quotient.get(part, ())]
        require(all(len(each) == many for each in terms), f"{at}.{part}", f"{many} exponents were expected")
        require(len({*map(tuple, terms)}) == len(terms), f"{at}.{part}", "a term stands there twice")


def _require_witness(statement: Mapping[str, Any], witness: Mapping[str, Any], at: str) -> None:
    for key, names in (("sizes", statement["dimensions"]), ("indices", [each[1] for each in statement["indices"]])):
        missing = [each for each in names if each not in witness[key]]
        require(not missing, f"{at}.{key}", f"{missing[:1]} is missing")
    for number, chance in enumerate(witness["chances"]):
        lengths = {len(values) for _, values in chance["outcomes"]}
        expected = f"{len(chance['entries'])} values were expected in each outcome"
        require(lengths == {len(chance["entries"])}, f"{at}.chances[{number}]", expected)
