"""Submissions made at random, right and wrong in known ways, so that the marks of each are known beforehand.

Each question has its variants: what is written, and for each part what is awarded, what is for a person, and the kind
of the mistake that was planted. Numbers are drawn anew for each submission, so that links differ.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Marks = Mapping[str, tuple[float, float, str | None]]
"""For each part: awarded, for a person, and the code of the mistake."""

SOFTMAX = (
    r"\operatorname{softmax}(x + c) = \left[\frac{e^{x_i + c}}{\sum_j e^{x_j + c}}\right]_i"
    r" = \left[\frac{e^c e^{x_i}}{e^c \sum_j e^{x_j}}\right]_i = \operatorname{softmax}(x)"
)
SLOPE = r"\sigma'(t) = \frac{e^{-t}}{(1 + e^{-t})^2} = "
TANH = r"2 \sigma(2t) - 1 = \frac{2}{1 + e^{-2t}} - 1 = \frac{1 - e^{-2t}}{1 + e^{-2t}} = "
LINEAR = "y = W_2 (W_1 x + b_1) + b_2 = "
BY_S, BY_X = r"\frac{\partial E}{\partial s} = ", r"\frac{\partial E}{\partial x} = "
THROUGH = r"W_2^T) \circ \sigma'(a)) W_1^T"


@dataclass(frozen=True)
class Variant:
    """What may be written under a question, and what it earns; ``P`` and ``Q`` stand for P and P - 1."""

    formulas: tuple[str, ...]
    marks: Marks


def _each(part: str, *found: tuple[str, float, float, str | None]) -> list[Variant]:
    """The variants of one part."""
    return [Variant((latex,) if latex else (), {part: (score, open_, code)}) for latex, score, open_, code in found]


QUESTIONS: Mapping[str, Mapping[str, Sequence[Sequence[Variant]]]] = {
    "networks": {
        "1": (
            _each(
                "1a",
                (SOFTMAX, 2, 0, None),
                (r"\operatorname{softmax}(x + c) = \operatorname{softmax}(x)", 1, 0, None),
                (r"\operatorname{softmax}(x + c) = e^c \operatorname{softmax}(x)", 0, 0, None),
                (r"\operatorname{softmax}(x + c) = \operatorname{softmax}(x + c)", 0, 0, None),
                (r"\operatorname{softmax}(x + c) = \heartsuit", 0, 2, None),
                ("", 0, 0, None),
            ),
            _each(
                "1b",
                (r"\sum_i \operatorname{softmax}(x)_i = 1", 1, 0, None),
                (r"\sum_i \operatorname{softmax}(x)_i = P - Q", 1, 0, None),
                (r"\sum_i \operatorname{softmax}(x)_i = P", 0, 0, None),
                (r"\sum_i \operatorname{softmax}(x)_i = n", 0, 0, None),
            ),
        ),
        "2": (
            _each(
                "2a",
                (f"{LINEAR}W_2 W_1 x + W_2 b_1 + b_2", 2, 0, None),
                (f"{LINEAR}W_2 W_1 x + P W_2 b_1 - Q W_2 b_1 + b_2", 2, 0, None),
                ("y = W_2 W_1 x + W_2 b_1", 1, 0, "missing-term"),
                (f"{LINEAR}W_2 W_1 x + b_2", 1, 0, "missing-term"),
                ("y = W_2 W_1 x + W_2 b_1 + P b_2", 0, 0, None),
            ),
        ),
        "3": (
            _each(
                "3a",
                (rf"{SLOPE}\sigma(t) - \sigma(t)^2 = \sigma(t) (1 - \sigma(t))", 3, 0, None),
                (r"\sigma'(t) = \sigma(t) (1 - \sigma(t))", 2, 0, None),
                (r"\sigma'(t) = \sigma(t) (1 + \sigma(t))", 1, 0, "sign"),
                (rf"{SLOPE}\sigma(t) (1 + \sigma(t))", 1, 0, "sign"),
                (rf"{SLOPE}\sigma(t) (P - \sigma(t))", 0, 0, None),
                (r"\sigma'(t) = \frac{d \sigma(t)}{dt}", 0, 0, None),
            ),
            _each(
                "3b",
                (rf"{TANH}\tanh(t)", 2, 0, None),
                (r"2 \sigma(2t) - 1 = \tanh(t)", 1, 0, None),
                (rf"{TANH}\tanh(P t)", 0, 0, None),
                (r"2 \sigma(2t) - 1 = -\tanh(t)", 0, 0, "sign"),
            ),
        ),
        "4": (
            _each(
                "4a",
                (r"\frac{\partial J}{\partial W} = x \delta^T", 2, 0, None),
                (r"\frac{\partial J}{\partial W} = \delta x^T", 2, 0, None),
                (r"\frac{\partial J}{\partial W} = P x \delta^T - Q x \delta^T", 2, 0, None),
                (r"\frac{\partial J}{\partial W} = -x \delta^T", 0, 0, "sign"),
                (r"\frac{\partial J}{\partial W} = P x \delta^T", 0, 0, None),
            ),
            _each(
                "4b",
                (r"\frac{\partial J}{\partial x} = W \delta", 2, 0, None),
                (r"\frac{\partial J}{\partial x} = - W \delta", 1.5, 0, "sign"),
                (r"\frac{\partial J}{\partial x} = W^T \delta", 1, 0, "transpose"),
                (r"\frac{\partial J}{\partial x} = P W \delta", 0, 0, None),
            ),
            _each(
                "4c",
                (r"\frac{\partial J}{\partial b} = \delta", 1, 0, None),
                (r"\frac{\partial J}{\partial b} = -\delta", 0, 0, "sign"),
                (r"\frac{\partial J}{\partial b} = \delta + \heartsuit", 0, 1, None),
                ("", 0, 0, None),
            ),
        ),
        "5": (
            _each(
                "5a",
                (r"\operatorname{Var}(w^T x) = \sum_i \operatorname{Var}(w_i x_i) = n s v", 3, 0, None),
                (r"\operatorname{Var}(w^T x) = P n s v - Q n s v", 2, 0, None),
                (r"\operatorname{Var}(w^T x) = s v", 1, 0, "missing-factor"),
                (r"\operatorname{Var}(w^T x) = n s v + P", 0, 0, None),
            ),
            _each("5b", ("", 0, 2, None)),
        ),
    },
    "vectors": {
        "1": (
            _each(
                "1a",
                (r"\frac{\partial J}{\partial z} = P \hat y - Q \hat y - y = \hat y - y", 3, 0, None),
                (r"\frac{\partial J}{\partial z} = \hat y - y", 2, 0, None),
                (r"\frac{\partial J}{\partial z} = y - \hat y", 1, 0, "reversed"),
                (r"\frac{\partial J}{\partial z} = \hat y - P y", 0, 0, None),
            ),
        ),
        "2": (
            _each(
                "2a",
                (r"\frac{\partial C}{\partial v} = -u_o + \sum_k q_k u_k = U (q - y)", 3, 0, None),
                (r"\frac{\partial C}{\partial v} = -u_o + \sum_k q_k u_k = U (y - q)", 1, 0, "reversed"),
                (r"\frac{\partial C}{\partial v} = U (q - P y)", 0, 0, None),
                (r"\frac{\partial C}{\partial v} = \heartsuit", 0, 3, None),
            ),
            _each(
                "2b",
                (r"\frac{\partial C}{\partial U} = v (q - y)^T", 3, 0, None),
                (r"\frac{\partial C}{\partial U} = (q - y) v^T", 2, 0, "layout"),
                (r"\frac{\partial C}{\partial U} = v (y - q)^T", 2, 0, "reversed"),
                (r"\frac{\partial C}{\partial U} = P v (q - y)^T", 0, 0, None),
            ),
        ),
        "3": (
            [
                Variant(
                    (r"\delta_1 = p - t", BY_S + "(p - t) W_2^T", f"{BY_X}(((p - t) {THROUGH}"),
                    {"3a": (2, 0, None), "3b": (2, 0, None), "3c": (3, 0, None)},
                ),
                Variant(  # reversed once, and carried through
                    (r"\delta_1 = t - p", BY_S + "(t - p) W_2^T", f"{BY_X}(((t - p) {THROUGH}"),
                    {"3a": (1, 0, "reversed"), "3b": (2, 0, None), "3c": (3, 0, None)},
                ),
                Variant(  # something else than the student's own answer is no carrying
                    (r"\delta_1 = p - t", BY_S + "(p - P t) W_2^T", f"{BY_X}(((p - t) {THROUGH}"),
                    {"3a": (2, 0, None), "3b": (0, 0, None), "3c": (3, 0, None)},
                ),
                Variant(
                    (r"\delta_1 = p - P t", BY_S + "(p - P t) W_2^T"),
                    {"3a": (0, 0, None), "3b": (2, 0, None), "3c": (0, 0, None)},
                ),
            ],
        ),
        "4": (
            _each(
                "4a",
                ("P = m h + h + h k + k", 1, 0, None),
                ("P = (m + 1) h + (h + 1) k", 1, 0, None),
                ("P = m h + h k", 0, 0, None),
            ),
            _each("4b", ("", 0, 1, None)),
        ),
    },
}


def submission(name: str, generator: random.Random) -> tuple[str, str, Marks]:
    """A submission to an assignment of this name: the ending of its file, its text, and its marks."""
    blocks: list[tuple[str, list[str]]] = []
    marks: dict[str, tuple[float, float, str | None]] = {}
    for question, parts in QUESTIONS[name].items():
        formulas: list[str] = []
        for variants in parts:
            chosen = generator.choice(variants)
            number = generator.randrange(3, 40)
            formulas += [_numbered(each, number) for each in chosen.formulas]
            marks |= chosen.marks
        blocks.append((f"Question {question}", formulas))
    ending = generator.choice((".md", ".md", ".tex", ".ipynb"))
    return ending, WRITTEN[ending](blocks), marks


def _numbered(latex: str, number: int) -> str:
    """A formula with its numbers drawn; in the one about the count of parameters P is a name."""
    if latex.startswith("P ="):
        return latex
    return latex.replace("P", str(number)).replace("Q", str(number - 1))


Blocks = Sequence[tuple[str, Sequence[str]]]


def _markdown(blocks: Blocks) -> str:
    lines = ["# Homework"]
    for heading, formulas in blocks:
        lines += [f"## {heading}", *(f"We find\n$${each}$$\n" for each in formulas)]
    return "\n".join(lines)


def _tex(blocks: Blocks) -> str:
    lines = [r"\documentclass{article}", r"\begin{document}"]
    for heading, formulas in blocks:
        lines += [rf"\section*{{{heading}}}", *(f"We find\n\\[ {each} \\]" for each in formulas)]
    return "\n".join([*lines, r"\end{document}", ""])


def _notebook(blocks: Blocks) -> str:
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": [f"## {heading}\n", *(f"$${each}$$\n" for each in formulas)],
        }
        for heading, formulas in blocks
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


WRITTEN = {".md": _markdown, ".tex": _tex, ".ipynb": _notebook}


def plant(folder: Path, name: str, many: int, seed: int = 0) -> dict[str, Marks]:
    """Write so many submissions into a folder; the marks that they must get, by their names."""
    generator = random.Random(seed)  # noqa: S311 - not for secrets
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for number in range(many):
        ending, text, marks = submission(name, generator)
        (folder / f"s{number:05}{ending}").write_text(text, encoding="utf-8")
        expected[f"s{number:05}"] = marks
    return expected


def unexpected(results: Path, expected: Mapping[str, Marks]) -> list[str]:
    """Every mark that is not what it must be, and every planted mistake that was not found."""
    found = []
    for name, marks in expected.items():
        record = json.loads((results / "submissions" / name / "grade.json").read_text(encoding="utf-8"))
        parts = {part["id"]: part for part in record["parts"]}
        if set(parts) != set(marks):
            found.append(f"{name}: other parts: {sorted(parts)}")
        for part, (score, pending, code) in marks.items():
            got = parts[part]
            if (got["score"], got["pending"]) != (score, pending) or (code and code not in got["mistakes"]):
                found.append(f"{name} {part}: {score}, {pending}, {code}: {got['feedback']} {got['mistakes']}")
    return found
