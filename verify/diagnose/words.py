"""What is said of a mistake: one sentence for the student, which gives nothing away, and one for the grader."""

from __future__ import annotations

from verify.diagnose.diagnosis import Explanation, Which
from verify.language import latex
from verify.language.link import Interval, Side
from verify.language.shape import describe

FOR_STUDENT = {
    "sign": "Check the signs: one of them is wrong.",
    "reversed": "Check which of the two is subtracted from the other.",
    "transpose": "Check the transposes: which axis of each matrix is added up over?",
    "layout": "Check the layout: which axis belongs to what is derived, and which to what it is derived by?",
    "order": "Check the order of the factors: matrices do not commute.",
    "hadamard": "Check each product: is it taken entry by entry, or row by column?",
    "diagonal": "Check where a diagonal matrix belongs, and where the vector of its entries.",
    "sum-product": "Check where to add and where to multiply.",
    "sum-split": "Check whether what you pulled apart may be: a function of a sum is rarely the sum of its values.",
    "sum-scope": "Check what stands under the sum and what beside it.",
    "missing-sum": "Check whether something is to be added up over an index.",
    "extra-sum": "Check whether every sum is called for.",
    "index-escaped": "A factor stands outside of the sum that its index belongs to.",
    "index": "Check the indices: one of them is another.",
    "bound": "Check where each index starts and ends.",
    "dimension": "Check which dimension is counted where.",
    "case": "Check the case in which two indices are equal apart from that in which they differ.",
    "one-hot": "Check what the one-hot vector does to the other entries.",
    "prime": "Check where the function stands and where its derivative.",
    "argument": "Check what each function is applied to, and whether a value is taken before or after it.",
    "function": "Check which function stands there.",
    "missing-function": "A function or a power is missing somewhere.",
    "extra-function": "A function or a power stands where none belongs.",
    "missing-term": "A term is missing.",
    "extra-term": "There is a term too many.",
    "missing-factor": "A factor is missing.",
    "extra-factor": "There is a factor too many.",
    "inverse": "Check what stands above and what below the fraction bar.",
    "number": "Check the numbers: one of them is another.",
    "name": "Check the names: one quantity stands for another.",
    "endpoint": "Check the ends of the range: how large and how small can the value get?",
    "bracket": "Check whether the ends themselves are attained.",
    "relation": "Check the direction of the inequality.",
    "limit": "Check what it tends to: which part grows fastest?",
    "shape": "Check the shape: what does a row stand for, and what a column?",
    "noise": "This may be a slip of the pen or of the transcription.",
}

FOR_GRADER = {
    "sign": "A sign is wrong",
    "reversed": "The difference is turned round",
    "transpose": "A transpose is forgotten, or one too many",
    "layout": "It is written in the other layout",
    "order": "The factors are in the wrong order",
    "hadamard": "One kind of product stands for the other",
    "diagonal": "A vector stands for the diagonal matrix, or the matrix for the vector",
    "sum-product": "A sum stands for a product, or a product for a sum",
    "sum-split": "Something is pulled through a sum that does not go through",
    "sum-scope": "A term is on the wrong side of the sum sign",
    "missing-sum": "A sum is forgotten",
    "extra-sum": "There is a sum too many",
    "index-escaped": "A factor is pulled out of the sum that binds its index",
    "index": "An index is wrong",
    "bound": "A bound is off",
    "dimension": "One dimension stands for another",
    "case": "The cases of equal and of different indices are mixed up",
    "one-hot": "The one-hot vector is forgotten",
    "prime": "A function and its derivative are mixed up",
    "argument": "The argument is wrong",
    "function": "Another function stands there",
    "missing-function": "A function or a power is missing",
    "extra-function": "A function or a power is too much",
    "missing-term": "A term is missing",
    "extra-term": "A term is too much",
    "missing-factor": "A factor is missing",
    "extra-factor": "A factor is too much",
    "inverse": "A fraction is upside down",
    "number": "A number is wrong",
    "name": "One quantity stands for another",
    "endpoint": "An end of the range is wrong",
    "bracket": "An end is attained, or is not",
    "relation": "The inequality points the wrong way",
    "limit": "The limit is another",
    "shape": "The shape is another",
    "noise": "A symbol was probably misread",
}


def explanation(
    code: str, side: Which, repaired: Side, at: tuple[int, ...], before: str, after: str, size: int
) -> Explanation:
    """An explanation with its sentences."""
    told = _for_grader(code, side, repaired, before, after)
    return Explanation(code, FOR_STUDENT[code], told, repaired, side, at, before, after, size)


def _for_grader(code: str, side: Which, repaired: Side, before: str, after: str) -> str:
    whole = written(repaired)
    where = "" if whole == after else f"; {after} for {before} makes it right"
    if side == "left":
        return f"{FOR_GRADER[code]}{where}: the step would follow from {whole}."
    return f"{FOR_GRADER[code]}{where}: {whole}."


def written(side: Side) -> str:
    """A side in LaTeX."""
    if isinstance(side, Interval):
        return str(side)
    return describe(side) if isinstance(side, tuple) else latex(side)
