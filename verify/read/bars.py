r"""What stands between bars: ``\lVert x \rVert``, ``\lVert A \rVert_F``, ``|z|``, and the size of a set ``|V|``."""

from __future__ import annotations

from verify.language import Dimension, Expression, Norm, latex
from verify.language.shape import is_scalar, long_axes
from verify.read.apply import fitting
from verify.read.derivatives import DerivativeReader
from verify.read.errors import ReadError
from verify.read.syntax import Bars, Numeral, Scripted, Symbol


class BarReader(DerivativeReader):
    """Reads norms, and the size of a number."""

    def bars(self, node: Bars) -> Expression:
        """A norm without a subscript; between single bars, the size of a number."""
        inner = self.expression(node.inner)
        axes = fitting(inner)
        if node.double:
            if len(long_axes(axes)) > 1 and self.conventions.norm != "frobenius":
                self.notes.doubt(f"which norm of the matrix {latex(inner)} is meant is not said")
            return Norm(inner)
        if isinstance(inner, Dimension):
            return inner
        if not is_scalar(axes):
            says = f"single bars around {latex(inner)}, which is no number"
            raise ReadError(says, node.at.start, expected=r"\lVert x \rVert for a norm")
        return Norm(inner)

    def subscripted_bars(self, node: Bars, scripts: Scripted) -> Expression:
        r"""A norm with its name: ``\lVert x \rVert_2``, ``\lVert A \rVert_F``."""
        inner = self.expression(node.inner)
        many = len(long_axes(fitting(inner)))
        match scripts.below:
            case (Symbol(letter="F"),):
                return Norm(inner)
            case (Numeral(text="2"),) if many < 2:
                return Norm(inner)
            case _:
                raise ReadError("this norm is not read", scripts.below[0].at.start, expected="2 for a vector, F")
