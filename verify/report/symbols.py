"""Signs of mathematics in Unicode, each by the command of LaTeX that prints it."""

import unicodedata

GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
SYMBOLS = {
    **{
        unicodedata.lookup(f"GREEK {'SMALL' if name.islower() else 'CAPITAL'} LETTER {spelled.upper()}"): name
        for name in GREEK.split()
        for spelled in ["lamda" if name.lower() == "lambda" else name]
    },
    "∂": "partial",
    "∇": "nabla",
    "∑": "sum",
    "∏": "prod",
    "∞": "infty",
    "≤": "le",
    "≥": "ge",
    "≠": "ne",
    "≈": "approx",
    "≡": "equiv",
    "∈": "in",
    "→": "to",
    "⇒": "Rightarrow",
    "×": "times",
    "·": "cdot",
    "∘": "circ",
    "⊙": "odot",
    "⊗": "otimes",
    "±": "pm",
    "−": "-",
    "∀": "forall",
    "∃": "exists",
}
