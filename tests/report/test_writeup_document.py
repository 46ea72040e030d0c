"""The report on a write-up, as LaTeX and as a page: its own lines, their verdicts, and nothing that runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from tests.conftest import Golden
from tests.report.typeset import compiled, overfull
from verify.read import judged, read, read_context
from verify.report.documents import NoRecord, html, latex, passes, record_of
from verify.report.latex_document import latex_writeups
from verify.report.page import Assets, katex, page_of_proofs, page_of_writeups
from verify.report.records import CheckRecord, check_record
from verify.report.results import CheckedFile

NAMES = """
[names]
a = "scalar"
W = "m x n"
x = "n"
"""
TEXT = r"""
# Exercises
$$ y = W x $$
$$ \frac{\partial y}{\partial x} = W^T $$
$$ (a + 1)^2 = a^2 + 2a + 1 = a^2 + 1 $$
$$ \frac{a}{a} = 1 $$
$$ a + (a = 2 $$
$$ a = \input{/etc/passwd} $$
"""
SMALL = Assets(Markup("/* style */"), Markup("/* script */"), Markup("/* start */"))
HOSTILE = (
    r"""</script><script>alert(1)</script><img src=x onerror=alert(1)> " ' & {{ 7*7 }} {% if %} ((( 1 ))) ((* if *))
\input{/etc/passwd} \write18{touch x} \def\x{\x}\x $ $$ ^^5cinput % # _ ~ 李 🙂 """
    + "\x07\u202e"
)


def checked(text: str = TEXT, path: str = "hw.md") -> CheckRecord:
    document, judgments = judged(lambda known: read(text, path, known), read_context(NAMES))
    return check_record((CheckedFile(path, "hw.toml", document.displays, judgments),))


def diagnosed(text: str) -> CheckRecord:
    document, judgments = judged(lambda known: read(text, "hw.md", known), read_context(NAMES))
    return check_record((CheckedFile("hw.md", None, document.displays, judgments, diagnosed=True),))


def hostile() -> CheckRecord:
    """A record with hostile text wherever a student could bring it in."""
    record = checked()
    for link in record["files"][0]["links"]:
        link["left"] += HOSTILE
        link["right"] = HOSTILE if link["right"] is None else link["right"] + HOSTILE
        link["why"] = (link["why"] or "") + HOSTILE
        link["question"] = HOSTILE
        link["assumed"] = [HOSTILE]
        link["suggestion"] = HOSTILE
        link["mistake"] = {
            "code": HOSTILE,
            "for_student": HOSTILE,
            "for_grader": HOSTILE,
            "edit": None,
            "repaired": HOSTILE,
            "witness": HOSTILE,
            "others": [],
        }
        link["conditions"] = [HOSTILE]
        link["caret"] = {"source": HOSTILE * 3, "column": 150}
        if link["at"] is not None:
            link["at"]["path"] = HOSTILE
    record["files"][0]["path"] = HOSTILE
    return record


RECORD = checked()
LATEX, PAGE = latex_writeups(RECORD), page_of_writeups(RECORD, assets=SMALL)


def test_the_documents_are_as_they_were(golden: Golden) -> None:
    golden.check("writeup.tex", LATEX)
    golden.check("writeup.html", PAGE)


def test_a_record_that_was_kept_gives_the_same_bytes() -> None:
    kept = record_of(json.dumps(RECORD, indent=2).encode())
    assert latex(kept) == LATEX
    assert html(kept) == page_of_writeups(RECORD)
    assert not passes(kept)
    assert passes(checked("$$ a + a = 2a $$"))


@pytest.mark.parametrize("text", [LATEX, PAGE], ids=["LaTeX", "page"])
def test_every_line_has_its_verdict_in_the_order_of_the_text(text: str) -> None:
    body = text.partition(r"\section*{" if text is LATEX else "<main")[2] or text
    found = re.findall(r"marked\{(\w+)\}|class=\"margin\">.*?</span> (\w+)<", body)
    # W^T has the shape of the transpose; a + (a = 2 is not closed; \input is no command of mathematics.
    assert [first or second for first, second in found] == [
        "stated",
        "misshapen",
        "proved",
        "refuted",
        "proved",
        "unreadable",
        "unreadable",
    ]


def test_a_refuted_line_shows_both_values() -> None:
    # (a + 1)^2 = a^2 + 2a + 1 is proved; at a = 1 it is 4, and a^2 + 1 is 2.
    assert "At $a = 1$ the left side is $4$ and the right side $2$." in LATEX
    assert 'the left side is <span class="math">4</span> and the right side <span class="math">2</span>.' in PAGE


def test_a_refuted_line_that_is_diagnosed_names_the_mistake_and_gives_no_answer_away() -> None:
    record = diagnosed(r"$$ (a + 1)^2 = a^2 + 1 $$ $$ e^a = e^{-a} $$")
    # At a = 1 the values are 4 and 2, and e and 1/e, which is 0.3679.
    for text in (latex_writeups(record), page_of_writeups(record, assets=SMALL)):
        plain = re.sub(r"<[^>]*>|\\texttt|[{}$]", "", text)
        assert "Mistake: sum-split. Check whether what you pulled apart may be" in plain
        assert "In round numbers that is 2.72 on the left, and 0.37 on the right." in plain
        assert "Mistake: sign. Check the signs: one of them is wrong." in plain
        assert "makes it right" not in plain


def test_an_unreadable_line_has_a_caret_under_its_place() -> None:
    source = r"$$ a + (a = 2 $$"
    shown = re.search(rf"<pre>({re.escape(source)})\n<span[^>]*>( *)\^</span></pre>", PAGE)
    assert shown is not None
    assert shown[1][len(shown[2])] == "("


needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")


@needs_tex
@pytest.mark.parametrize("record", [RECORD, hostile()], ids=["plain", "hostile"])
def test_it_compiles(record: CheckRecord, tmp_path: Path) -> None:
    text = latex_writeups(record)
    assert text.isascii()
    assert r"\input" not in text.replace(r"\textbackslash{}input", "")
    assert r"\write" not in text
    log = compiled(text, tmp_path)
    assert "Missing character" not in log
    assert overfull(log) == []


class Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.seen


def test_hostile_text_makes_no_tag_and_no_attribute() -> None:
    page = page_of_writeups(hostile(), assets=SMALL)
    seen = tags(page)
    assert [tag for tag, _ in seen if tag in {"script", "img"}] == ["script", "script"]
    assert not [name for _, attributes in seen for name in attributes if name.startswith("on")]
    assert "{{ 7*7 }}" in page, "no template is read in what is printed"
    assert "49" not in page
    planted = page.replace("<main", "<img src=x onerror=alert(1)><main")
    assert "img" in {tag for tag, _ in tags(planted)}, "a tag would be seen"


@pytest.mark.parametrize(
    "page",
    [page_of_writeups(RECORD), page_of_proofs({"format": "gradproof.proofs/1", "claims": [], "mistakes": []})],
    ids=["write-up", "claims"],
)
def test_nothing_is_fetched_from_elsewhere(page: str) -> None:
    for tag, attributes in tags(page):
        assert tag not in {"link", "img", "iframe", "object", "embed"}
        assert not {"src", "srcset", "data"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "default-src 'none'" in page
    assert not re.findall(r"url\((?!data:)", str(katex().katex_style))
    assert str(katex().katex_style).count("data:font/woff2") > 10


def test_every_line_can_be_linked_to_and_read_aloud() -> None:
    seen = tags(PAGE)
    names = [attributes["id"] for _, attributes in seen if "id" in attributes]
    assert len(names) == len(set(names))
    goals = {(attributes["href"] or "")[1:] for tag, attributes in seen if tag == "a"}
    assert goals <= set(names)
    assert {f"line-{number}" for number in range(1, 8)} <= goals
    assert [attributes["lang"] for tag, attributes in seen if tag == "html"] == ["en"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"nonsense", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "it is not of the format"),
        (b'{"format": "gradproof.check/2"}', "it is not of the format"),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(NoRecord, match=says):
        record_of(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": "gradproof.check/1"}',
        b'{"format": "gradproof.check/1", "files": [{}]}',
        b'{"format": "gradproof.proofs/1", "claims": [1], "mistakes": []}',
        json.dumps(RECORD).replace('"misshapen"', '"well"').encode(),
    ],
)
def test_a_record_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(NoRecord, match="not whole"):
        latex(record_of(data))


def long(verdict: str, links: int = 60) -> CheckRecord:
    """A write-up whose only chain is long, all of its links with the verdict."""
    (one,) = (link for link in RECORD["files"][0]["links"] if link["verdict"] == verdict and link["right"] == "a^2 + 1")
    made = [
        {
            **one,
            "left": f"a_{{{place}}}",
            "right": f"a_{{{place + 1}}}",
            "at": {"path": "hw.md", "line": place, "column": 1},
        }
        for place in range(1, links + 1)
    ]
    return {"format": "gradproof.check/1", "files": [{"path": "hw.md", "displays": 1, "links": made}]}  # type: ignore[typeddict-item]


@needs_tex
def test_a_long_chain_goes_over_pages_and_what_is_said_of_a_line_stays_with_it(tmp_path: Path) -> None:
    log = compiled(latex_writeups(long("refuted")), tmp_path)
    assert overfull(log) == []
    assert "Overfull \\vbox" not in log
    pages = re.search(r"Output written on report.pdf \((\d+) pages", log)
    assert pages is not None
    assert int(pages[1]) > 2
    if shutil.which("pdftotext"):
        subprocess.run(["pdftotext", "-layout", "report.pdf"], cwd=tmp_path, check=True)  # noqa: S607
        for page in (tmp_path / "report.txt").read_text().split("\f")[1:-1]:
            first = next(line for line in page.splitlines()[1:] if line.strip())
            assert "left side" not in first


def test_a_long_list_of_lines_is_folded_on_a_page() -> None:
    page = page_of_writeups(long("refuted"), assets=SMALL)
    assert "<summary>To be looked at again: 60 lines</summary>" in page
    assert "<summary>" not in page_of_writeups(long("refuted", 12), assets=SMALL)
