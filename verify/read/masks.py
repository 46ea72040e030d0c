r"""What is no mathematics in a write-up is blanked out: code, comments, what stands before and after a TeX document.

Every other character keeps its place. What stands for a display in another way, such as ```` ```math ````, gets the
signs ``\[`` and ``\]`` in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

FENCE = re.compile(r"[ >\t]*(`{3,}|~{3,})(.*)")
MATH_FENCES = frozenset({"math", "{math}", "latex-math"})
HTML = re.compile(r"<(?P<tag>!--|script|pre|code|style|textarea)\b(?P<rest>[^>]{0,500}>)?|<!--", re.IGNORECASE)
MATH_SCRIPT = re.compile(r"""type\s*=\s*["']?math/tex\s*(;\s*mode\s*=\s*display)?""", re.IGNORECASE)
CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,500})(?<!`)\1(?!`)")

TEX_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
VERBATIM = re.compile(
    r"\\begin\s*\{(?P<name>verbatim\*?|lstlisting|minted|comment|alltt|Verbatim|filecontents\*?|tikzpicture)\}"
    r"|(?P<off>\\iffalse(?![A-Za-z]))|\\(?:verb|lstinline)\*?(?P<mark>[^A-Za-z\s*{])[^\n]*?(?P=mark)"
)
BEGIN = re.compile(r"\\begin\s*\{document\}")
END = re.compile(r"\\end\s*\{document\}")


def blanked(piece: str) -> str:
    """Spaces in place of a text, its lines kept."""
    return "".join("\n" if character == "\n" else " " for character in piece)


def markdown_mask(text: str) -> str:
    r"""Markdown without code and comments.

    >>> markdown_mask("`$a$` and $b$")
    '      and $b$'
    >>> markdown_mask("```math\na = b\n```")
    '\\[     \na = b\n\\] '
    """
    text = _fences(text)
    if "<" in text:
        text = _replaced(text, HTML, _html_end, _html)
    return CODE.sub(_code, text) if "`" in text else text


def _fences(text: str) -> str:
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    fence: str | None = None
    math = False
    for number, line in enumerate(lines):
        match = FENCE.fullmatch(line.rstrip("\r"))
        if fence is None:
            if match is None or "`" in match[2]:
                continue
            fence, math = match[1], match[2].strip().lower() in MATH_FENCES
            lines[number] = _sign(line, r"\[") if math else " " * len(line)
        elif match and match[1].startswith(fence) and not match[2].strip():
            lines[number] = _sign(line, r"\]") if math else " " * len(line)
            fence = None
        elif not math:
            lines[number] = " " * len(line)
    return "\n".join(lines)


def _sign(line: str, sign: str) -> str:
    return f"{sign:<{len(line)}}"


def _replaced(
    text: str,
    opening: re.Pattern[str],
    closing: Callable[[re.Match[str]], str],
    instead: Callable[[re.Match[str], str], str],
) -> str:
    """The text with each region, from what opens it to what closes it, replaced; what is not closed stays."""
    pieces: list[str] = []
    absent: set[str] = set()
    position = copied = 0
    while (match := opening.search(text, position)) is not None:
        position = match.end()
        closer = closing(match)
        at = -1 if closer in absent else text.find(closer, match.end())
        if at < 0:
            absent.add(closer)
            continue
        position = at + len(closer)
        pieces += [text[copied : match.start()], instead(match, text[match.start() : position])]
        copied = position
    return "".join([*pieces, text[copied:]])


def _html_end(match: re.Match[str]) -> str:
    tag = match["tag"]
    return "-->" if tag is None or tag == "!--" else f"</{tag.lower()}>"


def _html(match: re.Match[str], whole: str) -> str:
    """A region of HTML; a script of mathematics is a formula, on lines of its own or within one."""
    kind = MATH_SCRIPT.search(match["rest"] or "") if (match["tag"] or "").lower() == "script" else None
    if kind is None:
        return blanked(whole)
    head, inner = whole[: len(match.group())], whole[len(match.group()) : -len("</script>")]
    signs = (r"\[", r"\]") if kind[1] else (r"\(", r"\)")
    return signs[0] + blanked(head)[2:] + inner + signs[1] + " " * (len("</script>") - 2)


def _code(match: re.Match[str]) -> str:
    """A piece of code; between dollars, as in $`a = b`$, it is a formula."""
    text, (start, end) = match.string, match.span()
    if text[start - 1 : start] == "$" and text[end : end + 1] == "$" and len(match[1]) == 1:
        return f" {match[2]} "
    return blanked(match.group())


def tex_mask(text: str) -> str:
    r"""TeX without comments and verbatim text; the sign of a comment stays, so that no empty line comes about.

    >>> tex_mask(r"a % $b$")
    'a %    '
    """
    text = TEX_COMMENT.sub(lambda match: f"{match[1]}%{' ' * (len(match.group()) - len(match[1]) - 1)}", text)
    return _replaced(text, VERBATIM, _verbatim_end, lambda _, whole: blanked(whole))


def _verbatim_end(match: re.Match[str]) -> str:
    if match["name"]:
        return rf"\end{{{match['name']}}}"
    return r"\fi" if match["off"] else ""


def tex_body(text: str) -> tuple[str, str]:
    """A TeX file cut in two: what stands before the document, and all of the text with that blanked out."""
    begin = BEGIN.search(text)
    start = 0 if begin is None else begin.end()
    end = END.search(text, start)
    stop = len(text) if end is None else end.start()
    return text[:start], blanked(text[:start]) + text[start:stop] + blanked(text[stop:])
