r"""The signs of LaTeX that the reader knows: letters, relations, signs of products, fonts, accents, spaces."""

from __future__ import annotations

_LETTERS = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho "
    "varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi "
    "Psi Omega ell"
)
_SIZES = "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm"
_SPACES = (
    "displaystyle textstyle scriptstyle limits nolimits nonumber notag thinspace medspace enspace noindent allowbreak "
    "strut mathstrut hline centering"
)
_UNICODE_LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
_UNICODE_NAMES = (
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi chi "
    "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)

GREEK = frozenset(rf"\{name}" for name in _LETTERS.split())

ACCENTS = {
    r"\hat": r"\hat",
    r"\widehat": r"\hat",
    r"\bar": r"\bar",
    r"\overline": r"\bar",
    r"\tilde": r"\tilde",
    r"\widetilde": r"\tilde",
    r"\dot": r"\dot",
    r"\check": r"\check",
}

FONTS = {
    r"\mathbf": r"\mathbf",
    r"\boldsymbol": r"\mathbf",
    r"\bm": r"\mathbf",
    r"\pmb": r"\mathbf",
    r"\bold": r"\mathbf",
    r"\vec": r"\mathbf",
    r"\bf": r"\mathbf",
    r"\mathcal": r"\mathcal",
    r"\mathscr": r"\mathcal",
    r"\cal": r"\mathcal",
    r"\mathbb": r"\mathbb",
    r"\mathbbm": r"\mathbb",
    r"\mathds": r"\mathbb",
    r"\mathbbold": r"\mathbb",
    r"\mathfrak": r"\mathfrak",
    r"\rm": "",
    r"\it": "",
}

SWITCHES = frozenset({r"\bf", r"\cal", r"\rm", r"\it"})

DELIMITERS = frozenset(rf"\{name}" for name in _SIZES.split())
SPACING = DELIMITERS | {*(rf"\{each}" for each in ",;:!> /"), *(rf"\{name}" for name in _SPACES.split()), "\\\n"}

SYNONYMS = {
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\cfrac": r"\frac",
    r"\leq": r"\le",
    r"\leqslant": r"\le",
    r"\geq": r"\ge",
    r"\geqslant": r"\ge",
    r"\neq": r"\ne",
    r"\lt": "<",
    r"\gt": ">",
    r"\ast": "*",
    r"\colon": ":",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\lVert": r"\lVert",
    r"\|": r"\Vert",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\vert": "|",
    r"\top": "T",
    r"\intercal": "T",
    r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to",
    r"\implies": r"\Rightarrow",
    r"\Longrightarrow": r"\Rightarrow",
    r"\iff": r"\Leftrightarrow",
    r"\Longleftrightarrow": r"\Leftrightarrow",
    r"\leadsto": r"\Rightarrow",
    r"\coloneqq": r"\coloneq",
    r"\triangleq": r"\coloneq",
    r"\doteq": r"\coloneq",
    r"\R": "ℝ",
    r"\Re": "ℝ",
    r"\reals": "ℝ",
    r"\Reals": "ℝ",
    r"\lor": r"\vee",
    r"\land": r"\wedge",
    r"\bigodot": r"\odot",
    r"\star": "*",
    r"\dotsm": r"\cdots",
    r"\dotso": r"\cdots",
    r"\hdots": r"\cdots",
    r"\iddots": r"\cdots",
    r"\dotsb": r"\cdots",
    r"\dotsc": r"\cdots",
    r"\dots": r"\cdots",
    r"\ldots": r"\cdots",
    r"\vdots": r"\cdots",
    r"\ddots": r"\cdots",
}

UNICODE = {
    "−": "-",
    "–": "-",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "×": r"\times",
    "⊙": r"\odot",
    "∘": r"\circ",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "∂": r"\partial",
    "∑": r"\sum",
    "∏": r"\prod",
    "∇": r"\nabla",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "≡": r"\equiv",
    "∈": r"\in",
    "→": r"\to",
    "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow",
    "∴": r"\therefore",
    "∞": r"\infty",
    "…": r"\cdots",
    "⋮": r"\cdots",
    "⋱": r"\cdots",
    "⊗": r"\otimes",
    "∝": r"\propto",
    "≜": r"\coloneq",
    "√": r"\sqrt",
    "∀": r"\forall",
    "⊤": "T",
    "⋯": r"\cdots",
    "‖": r"\Vert",
    "′": "'",
    "ℓ": r"\ell",
    **{letter: rf"\{name}" for letter, name in zip(_UNICODE_LETTERS, _UNICODE_NAMES.split(), strict=True)},
}

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀⁿⁱ", "0123456789+-()Tni", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₗₘₙₒₚₐₑₓ", "0123456789+-ijklmnopaex", strict=True))
BELOW = {"\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar"}

PRODUCTS = frozenset({r"\cdot", r"\times", "*", r"\odot", r"\circ", "/", r"\div", r"\otimes"})
HADAMARD = frozenset({r"\odot", r"\circ"})
RANGED = frozenset({r"\sum", r"\prod", r"\max", r"\min"})
MATRICES = frozenset({"matrix", "bmatrix", "pmatrix", "smallmatrix", "array"})
OPENING = {"(": ")", "[": "]", r"\{": r"\}", r"\langle": r"\rangle"}
CLOSING = frozenset({")", "]", r"\}", r"\rangle"})

RELATIONS = frozenset(
    {
        *("=", "<", ">", ":="),
        *(r"\le", r"\ge", r"\ne", r"\in", r"\notin", r"\to", r"\approx", r"\simeq", r"\sim", r"\cong", r"\propto"),
        *(r"\equiv", r"\coloneq", r"\ll", r"\gg", r"\gets", r"\leftarrow", r"\mapsto", r"\subset", r"\subseteq"),
    }
)
IMPLICATIONS = frozenset({r"\Rightarrow", r"\Leftrightarrow", r"\therefore", r"\because"})

# Signs that are known, and not read: what to say of them.
NOT_YET = {
    r"\int": "integrals are not read",
    r"\lim": "a limit stands at the beginning of a side alone",
    r"\argmax": "an argmax is not read yet",
    r"\pm": r"\pm says two things at once: write one sign",
    r"\mp": r"\mp says two things at once: write one sign",
    r"\infty": "infinity is no number",
    r"\div": r"\div is not read: write \frac{a}{b}",
    "!": "factorials are not read",
    r"\binom": "binomial coefficients are not read",
    r"\over": r"\over outside of braces is not read: write \frac{a}{b}",
    r"\mid": "bars are not read yet",
    r"\mathbb": "sets of numbers stand only to the right of \\in",
}
