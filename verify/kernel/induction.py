"""Statements about any depth: by induction over it, or at a level in the midst of it.

Small depths are decided as ordinary statements, so that a claim which fails at one of them is refuted there.
The step to the next depth is decided as an ordinary statement too, after the left side of depth m is
replaced by the right side of depth m, which is the hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from verify import language as said
from verify.kernel.generalize import Generalization
from verify.kernel.invariant import decide_invariant
from verify.kernel.members import entries_as_members
from verify.kernel.peel import Peeling, at_depth
from verify.kernel.products import decide_product_order
from verify.kernel.term import Unsupported
from verify.kernel.upward import seen_from
from verify.language import Expression, Link, Relation
from verify.language.binders import Binder, rebuild
from verify.language.layers import Recursive, normal_level
from verify.language.link import Interval
from verify.language.unfold import LEVELED, Depth, NotUnfolded, Unfolding, at_depths, sides_of
from verify.language.verdict import Induction, Proved, Refuted, Replay, Undecided, Verdict

Decide = Callable[[Link], Verdict]

DEPTHS = 3


def decide_at_any_depth(link: Link, depth: Depth, decide: Decide) -> Verdict:
    r"""The verdict on a link about any depth.

    >>> from verify.kernel.decide import decide
    >>> from verify.language import dims, equal, family, index, product_over
    >>> L, = dims("L")
    >>> w, l = family("w"), index("l", L)
    >>> link, = equal(product_over(l, 1 - 1 / (l + 1) ** 2), (L + 2) / (2 * (L + 1))).links()
    >>> print(decide(link).induction.hypothesis)
    \prod_{l=1}^{m} \left(1 - \frac{1}{\left(l + 1\right)^{2}}\right) = \frac{m + 2}{2 \left(m + 1\right)}
    >>> link, = equal(product_over(l, 1 - 1 / (l + 1) ** 2), L / (L + 1)).links()
    >>> print(decide(link).witness)
    for L = 1: left 3/4, right 1/2
    """
    try:
        if link.relation is not Relation.EQUAL or isinstance(link.right, tuple | Interval):
            return _order(link, depth, decide)
        if link.given:
            return decide_invariant(link, depth, _unused(link), _symbols(link), decide)
        small = _small_depths(link, depth, decide)
        if not isinstance(small, Proved):
            return small
        if small.conditions:
            raise Unsupported("conditions at any depth")
        families = entries_as_members(link, depth)
        step, shown = _midst(families, depth) if depth.indices else _step(families, depth)
        parts = (*(instance for _, instance in at_depths(link, depth, DEPTHS)), step)
    except NotUnfolded as reason:
        raise Unsupported(str(reason)) from None
    return _proved(small, replace(shown, parts=parts), decide)


def _order(link: Link, depth: Depth, decide: Decide) -> Verdict:
    """The verdict on an inequality: refuted at a small depth, or proved for a product by the bound of its factors."""
    for sizes, instance in at_depths(link, depth, DEPTHS):
        try:
            verdict = decide(instance)
        except Unsupported:
            continue
        if isinstance(verdict, Refuted):
            return _deep(verdict, sizes)
    proof = None
    if isinstance(link.left, said.Product) and not depth.indices and len(depth.dimensions) == 1:
        proof = decide_product_order(entries_as_members(link, depth), said.Dimension(depth.dimensions[0]), decide)
    return (
        proof
        or _whatever_the_levels_are(link, decide)
        or Undecided("no-proof", "no bound of the factors shows this", tried=("small depths", "bounded factors"))
    )


def _whatever_the_levels_are(link: Link, decide: Decide) -> Proved | None:
    """The proof for any numbers in the place of those of levels; its range is exact where those are free."""
    if link.given:
        return None
    try:
        verdict = decide(at_any_levels(link))
    except Unsupported:
        return None
    if not isinstance(verdict, Proved) or verdict.conditions:
        return None
    free = all(isinstance(each, said.Member) for each in link.left.atoms(*LEVELED)) and not link.left.atoms(Binder)
    return verdict if free else replace(verdict, exact_range=None, attained=())


def at_any_levels(link: Link) -> Link:
    """A link with any numbers in the place of those of levels."""
    general = Generalization(said.Number(0), _symbols(link))
    right = link.right if isinstance(link.right, tuple | Interval) else general.of(link.right)
    return Link(general.of(link.left), link.relation, right)


def _deep(verdict: Refuted, sizes: dict[str, int]) -> Refuted:
    """A counterexample at a small depth, with that depth."""
    seen = verdict.witness
    return replace(verdict, witness=replace(seen, sizes=(*sizes.items(), *seen.sizes)))


def _proved(small: Proved, shown: Induction, decide: Decide) -> Verdict:
    verdict = decide(shown.parts[-1])
    if not isinstance(verdict, Proved) or verdict.conditions:
        return Undecided(
            "no-proof",
            f"true at depths 1 to {DEPTHS}, but the step to the next depth is not proved",
            residual=shown.step,
            tried=("small depths", "induction"),
        )
    method = "induction" if shown.over else "a step at any level"
    instances = small.replay.instances + verdict.replay.instances
    return Proved(method, (), replace(small.replay, instances=instances), induction=shown)


def _small_depths(link: Link, depth: Depth, decide: Decide) -> Verdict:
    """The verdict at small depths: proved if it is at each of them, or the first other verdict."""
    proofs: list[Proved] = []
    for sizes, instance in at_depths(link, depth, DEPTHS):
        verdict = decide(instance)
        match verdict:
            case Proved():
                proofs.append(verdict)
            case Refuted():
                return _deep(verdict, sizes)
            case _:
                return verdict
    if not proofs:
        return Undecided("nowhere-defined", "there is no level at small depths that this speaks of")
    replayed = Replay(
        sum(proof.replay.instances for proof in proofs),
        "modular" if all(proof.replay.arithmetic == "modular" for proof in proofs) else "balls",
        tuple(dict.fromkeys(words for proof in proofs for words in proof.replay.sizes)),
    )
    return Proved("small depths", tuple(each for proof in proofs for each in proof.conditions), replayed)


def _step(link: Link, depth: Depth) -> tuple[Link, Induction]:
    """The statement of depth m + 1, with that of depth m used from left to right, or else from right to left."""
    if len(depth.dimensions) != 1:
        raise Unsupported("a statement about two depths")
    over, below = said.Dimension(depth.dimensions[0]), _unused(link)
    left, right = _sides(link)
    hypothesis = Link(at_depth(left, over, below), link.relation, at_depth(right, over, below))
    peeling = Peeling(below)
    before, after = map(peeling.of, _sides(hypothesis))
    peeled = [peeling.of(at_depth(side, over, below + 1)) for side in (left, right)]
    sides = [_used(side, before, after) for side in peeled]
    if sides == peeled:
        sides = [_used(side, after, before) for side in peeled]
    first = Unfolding({over.symbol: 1}).link(link)
    step = Link(sides[0], link.relation, sides[1])
    shown = Induction(over.symbol, str(first), str(hypothesis), _written(step))
    return _generalized(step, below, link), shown


def _used(side: Expression, old: Expression, new: Expression) -> Expression:
    """One side of the hypothesis in the place of the other; not where a derivative holds something independent.

    Equal functions of names have equal derivatives by names. By a defined quantity they need not have: that
    depends on how they are written.
    """

    def changed(node: said.Node) -> said.Node:
        if node == old:
            return new
        held = isinstance(node, said.Derivative | said.Vjp) and not isinstance(node.variable, said.Name)
        return node if held else rebuild(node, lambda part, _: changed(part))

    return cast(Expression, changed(side))


def _midst(link: Link, depth: Depth) -> tuple[Link, Induction]:
    """The statement at one level: what lies above is an unknown function of the highest value that is derived by."""
    if len(depth.indices) != 1 or len(depth.dimensions) != 1:
        raise Unsupported("a statement about several levels at once")
    (level,) = depth.indices
    below = normal_level(level - 1)
    peeling = Peeling(below)
    seen, facts = seen_from(_sides(link), level)
    sides = [peeling.of(side) for side in seen]
    step = Link(sides[0], link.relation, sides[1])
    first, *_ = (instance for _, instance in at_depths(link, depth, DEPTHS))
    return _generalized(step, below, link), Induction("", str(first), "; ".join(facts), _written(step))


def _generalized(step: Link, below: Expression, link: Link) -> Link:
    for side in _sides(step):
        if isinstance(said.shape(side), said.Mismatch):
            raise Unsupported(f"{side}, whose parts have other sizes at the next depth")
    general = Generalization(below, _symbols(link))
    left, right = map(general.of, _sides(step))
    return Link(left, step.relation, right)


def _sides(link: Link) -> tuple[Expression, Expression]:
    assert not isinstance(link.right, tuple | Interval)
    return link.left, link.right


def _written(step: Link) -> str:
    """A step in LaTeX, with what a recursion makes in the place of its name."""
    left, right = (side.meaning if isinstance(side, said.Leveled) else side for side in _sides(step))
    return str(Link(left, step.relation, right))


def _symbols(link: Link) -> frozenset[str]:
    return frozenset(_plain(link, said.Name, said.Defined))


def _plain(link: Link, *forms: type[said.Node]) -> set[str]:
    """The symbols of all parts of these forms."""
    return {str(node.args[0].name) for side in sides_of(link) for node in side.atoms(*forms)}


def _unused(link: Link) -> said.Dimension:
    """A depth that the link does not mention."""
    taken = _plain(link, said.Dimension)
    symbol = "m"
    while symbol in taken:
        symbol += "'"
    return said.Dimension(symbol)


def refuse_twins(link: Link) -> None:
    """Raise :class:`Unsupported` if a plain name is written like a member of a family."""
    families = _plain(link, *LEVELED)
    starts = {start for side in sides_of(link) for each in side.atoms(Recursive) for start in each.system.starts}
    for symbol in sorted(_plain(link, said.Name, said.Defined, said.Dimension) - {str(start) for start in starts}):
        if any(symbol.startswith(f"{family}_") for family in families):
            raise Unsupported(f"{symbol} beside a family that is written alike")
