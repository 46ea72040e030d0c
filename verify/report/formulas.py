r"""Formulas that may be printed: LaTeX made of known commands, plain signs and nothing else, whole in itself.

What is let through cannot end math mode, define or read anything, nor make TeX stop: every argument is there, every
brace is closed, no letter has two superscripts. The rest is shown as source.
"""

from __future__ import annotations

import re

from verify.report.symbols import GREEK, SYMBOLS

OF_NONE = rf"""sum prod int max min arg sup inf lim log ln exp det tr dim sin cos tan sinh cosh tanh sigma partial nabla
    odot cdot cdots ldots dots vdots ddots circ otimes oplus star ast lVert rVert lvert rvert langle rangle vert mid
    Vert infty ell to in notin subset cup cap le ge ne leq geq neq ll gg approx equiv sim propto times div pm mp
    prime top perp rightarrow leftarrow Rightarrow iff implies mapsto forall exists quad qquad Re Im bot intercal
    displaystyle varepsilon vartheta varphi varrho {GREEK}"""
OF_ONE = """operatorname mathbf mathbb mathrm mathcal mathsf mathit boldsymbol hat bar tilde vec dot ddot widehat
    widetilde overline underline sqrt"""
OF_SIZES = "big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr"
PARENTHESES = r"( ) [ ] | / . < > \| \{ \} \langle \rangle \lvert \rvert \lVert \rVert \vert \Vert"
PLAIN = frozenset(OF_NONE.split())
# How many arguments a command takes.
ARGUMENTS = {**dict.fromkeys(OF_ONE.split(), 1), "frac": 2, "dfrac": 2, "tfrac": 2}
SIZES, DELIMITERS = frozenset(OF_SIZES.split()), frozenset(PARENTHESES.split())
WORDS = frozenset(("text", "textrm", "mbox"))
SIGNS = frozenset("#,;:! |{}")
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
MATRIX = re.compile(r"\\begin\{([bpvV]?matrix)\}((?:(?!\\begin|\\end).)*)\\end\{\1\}")
SHAPE = re.compile(r"\\mathbb\{R\}\^\{([^{}]*)\}")
TEXT = re.compile(r"[A-Za-z0-9 .,:;()'/=+-]*")
DEEPEST, LONGEST = 40, 4000


def clean(text: str) -> str | None:
    r"""A formula as it is to be printed, or nothing for what is no formula; signs of Unicode become commands.

    >>> print(clean("σ(x)"), clean(r"\mathbb{R}^{m x n}"))
    \sigma (x) \mathbb{R}^{m \times n}
    >>> clean(r"\input{x}"), clean("x^2^3")
    (None, None)
    """
    source = "".join(_sign(sign) for sign in text)
    if not is_formula(source):
        return None
    return SHAPE.sub(lambda match: match[0].replace(" x ", r" \times "), source)


def _sign(sign: str) -> str:
    name = SYMBOLS.get(sign)
    return sign if name is None else f"\\{name} " if name.isalpha() else name


def is_formula(text: str) -> bool:
    r"""Whether a text holds nothing but known commands and plain signs, all that is opened being closed.

    >>> is_formula(r"\left(x_1 + 1\right)^T"), is_formula(r"\left(x_1"), is_formula("x & y")
    (True, False, False)
    """
    # TeX would read ^^5c as a backslash.
    if not text.strip() or len(text) > LONGEST or "^^" in text:
        return False
    known = 0
    while known != len(text):
        known = len(text)
        text = MATRIX.sub(lambda match: "{" + match[2].replace("&", " ").replace(r"\\", " ") + "}", text)
    return _Whole(TOKEN.findall(text)).holds()


class _Stray(Exception):
    """A token that cannot stand where it stands."""


class _Whole:
    """Goes through the tokens of a formula once, as TeX would."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def holds(self) -> bool:
        """Whether TeX would get through without a complaint."""
        try:
            self.row("", 0)
        except _Stray:
            return False
        return self.place == len(self.tokens)

    def next(self) -> str:
        """The next piece that is no space, not yet taken; nothing at the end."""
        while self.place < len(self.tokens) and self.tokens[self.place] == " ":
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        """The next piece."""
        piece = self.next()
        if not piece:
            raise _Stray
        self.place += 1
        return piece

    def row(self, end: str, depth: int) -> None:
        """Atoms with their scripts, up to a piece that ends them, which is taken."""
        if depth > DEEPEST:
            raise _Stray
        while self.next() != end:
            if self.next() not in {"^", "_", "'"}:
                self.atom(self.take(), depth)
            self.scripts(depth)
        if end:
            self.take()

    def scripts(self, depth: int) -> None:
        """Primes, then at most one superscript; at most one subscript."""
        seen: set[str] = set()
        while self.next() in {"^", "_", "'"}:
            script = self.take()
            if (script in seen and script != "'") or (script == "'" and "^" in seen):
                raise _Stray
            seen.add(script)
            if script != "'":
                self.argument(depth, simple=True)

    def argument(self, depth: int, *, simple: bool = False) -> None:
        """A group, or a single piece; as a script no command that takes arguments itself."""
        piece = self.take()
        name = piece[1:]
        if piece in {"^", "_", "'"} or (simple and piece[0] == "\\" and (name in ARGUMENTS or name in WORDS)):
            raise _Stray
        if piece != "{" and (name in SIZES or piece == r"\left" or name in ARGUMENTS):
            raise _Stray
        self.atom(piece, depth)

    def atom(self, piece: str, depth: int) -> None:
        """A sign, a command with its arguments, or a group."""
        name = piece[1:] if len(piece) > 1 else ""
        if piece == "{":
            self.row("}", depth + 1)
        elif piece == r"\left":
            self.delimiter()
            self.row(r"\right", depth + 1)
            self.delimiter()
        elif name in SIZES:
            self.delimiter()
        elif name in WORDS:
            self.words()
        elif name in ARGUMENTS:
            self.root(name, depth)
            for _ in range(ARGUMENTS[name]):
                self.argument(depth + 1)
        elif not (name in PLAIN or name in SIGNS if name else _is_plain(piece)):
            raise _Stray

    def root(self, name: str, depth: int) -> None:
        """The degree of a root, if there is one."""
        if name == "sqrt" and self.next() == "[":
            self.take()
            self.row("]", depth + 1)

    def delimiter(self) -> None:
        """A parenthesis of any kind."""
        if self.take() not in DELIMITERS:
            raise _Stray

    def words(self) -> None:
        """Plain words in braces."""
        rest = "".join(self.tokens[self.place :]).lstrip()
        found = re.match(r"\{([^{}]*)\}", rest)
        if found is None or not TEXT.fullmatch(found[1]):
            raise _Stray
        while self.take() != "}":
            pass


def _is_plain(sign: str) -> bool:
    return sign.isascii() and sign.isprintable() and sign not in '$%#&~"\\}'
