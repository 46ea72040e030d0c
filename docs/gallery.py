"""The gallery: a page for each file of derivations/, made when the site is built, by what makes the report.

Every claim is proved anew for it, and every mistake tried, by the kernel alone. What was found is kept beside the built
site until the code changes.
"""

import json
import re
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from html import unescape
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

from commands import ESCAPED
from markupsafe import Markup
from mathml import mathml
from sphinx.application import Sphinx

from verify.catalog import Catalog, find
from verify.check import ClaimResult, MistakeResult, check
from verify.report.page import Assets, page_of_proofs
from verify.report.records import ClaimRecord, ProofsRecord, proofs_record
from verify.report.results import ProvedClaim, TriedMistake

ROOT = Path(__file__).parent.parent
UNSAMPLED = "this page is of proofs alone"
JOBS = 2
BODY = re.compile(r'<main id="main">(.*)</main>', re.DOTALL)
FORMULA = re.compile(r'(<div class="formula.*?</div>)', re.DOTALL)
MATH = re.compile(r'<span class="math">(.*?)</span>', re.DOTALL)
COLORS = re.compile(r":root \{([^}]*)\}")
NO_ASSETS = Assets(Markup(""), Markup(""), Markup(""))
OURS = """
.gallery { margin-top: 2rem; }
.gallery section > h2 { display: none; }
.gallery h3 { padding-left: 0; }
.gallery math { font-size: 1.1em; }
.gallery { overflow-wrap: anywhere; }
"""


@cache
def catalog() -> Catalog:
    """The claims and mistakes of derivations/."""
    return find("derivations")


def judged_claim(place: int) -> ClaimResult:
    """A claim, decided by the kernel."""
    return ClaimResult(tuple(map(check, catalog().claims[place].claim.links())), None, UNSAMPLED)


def judged_mistake(place: int) -> MistakeResult:
    """A mistake, decided by the kernel."""
    mistake = catalog().mistakes[place].mistake
    judgments = tuple(map(check, mistake.links()))
    return MistakeResult(judgments, isinstance(judgments[-1].verdict, mistake.expect))


def proved() -> ProofsRecord:
    """All of them."""
    known = catalog()
    with ProcessPoolExecutor(JOBS) as pool:
        claims = pool.map(judged_claim, range(len(known.claims)), chunksize=4)
        mistakes = pool.map(judged_mistake, range(len(known.mistakes)), chunksize=16)
        return proofs_record(
            tuple(map(ProvedClaim, known.claims, claims)), tuple(map(TriedMistake, known.mistakes, mistakes))
        )


def kept(folder: Path) -> ProofsRecord:
    """All of them, as they were found before, if the code is still the same."""
    sources = sorted([*(ROOT / "verify").rglob("*.py"), *(ROOT / "derivations").rglob("*.py")])
    path = folder / f"{sha256(b''.join(each.read_bytes() for each in sources)).hexdigest()}.json"
    if not path.is_file():
        record = proved()
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record), encoding="utf-8")
    found: ProofsRecord = json.loads(path.read_text(encoding="utf-8"))
    return found


def subjects(record: ProofsRecord) -> dict[str, ProofsRecord]:
    """The record of each module by itself."""
    parts: dict[str, ProofsRecord] = {}
    for claim in record["claims"]:
        parts.setdefault(_module(claim["name"]), {**record, "claims": [], "mistakes": []})["claims"].append(claim)
    for mistake in record["mistakes"]:
        parts[_module(mistake["of"])]["mistakes"].append(mistake)
    return parts


def subject_in_markdown(module: str, record: ProofsRecord) -> str:
    """The page on a module: what it is about, a list of its claims, and its part of the report."""
    about = cleandoc(import_module(f"derivations.{module}").__doc__ or "").translate(ESCAPED)
    claims = "\n".join(map(_listed, record["claims"]))
    body = BODY.search(page_of_proofs(record, assets=NO_ASSETS))
    assert body is not None
    shown = _set(body[1]).replace(f"Not sampled: {UNSAMPLED}.", "").replace("\n\n", "\n")
    return (
        f"# {module.replace('_', ' ').capitalize()}\n\n{about}\n\n{claims}\n\n"
        f'```{{raw}} html\n<div class="gallery">{shown}</div>\n```\n'
    )


def index_in_markdown(parts: dict[str, ProofsRecord]) -> str:
    """The first page of the gallery: the subjects in a table, with how many claims and mistakes each has."""
    rows = "\n".join(
        f"| [{module.replace('_', ' ')}]({module}.md) | {len(each['claims'])} "
        f"| {sum(len(claim['links']) for claim in each['claims'])} | {len(each['mistakes'])} |"
        for module, each in parts.items()
    )
    pages = "\n".join(parts)
    return (
        "# Gallery\n\nEvery claim of `derivations/` with its proof, and every mistake with the reason for which it is "
        "caught. These pages are made by the program that they are about, when the site is built.\n\n"
        f"| subject | claims | links | mistakes |\n|---|---:|---:|---:|\n{rows}\n\n"
        f"```{{toctree}}\n:hidden:\n\n{pages}\n```\n"
    )


def style() -> str:
    """The style of the report's pages, within the gallery, in the colors of this site."""
    report = (ROOT / "verify/report/templates/page.css").read_text(encoding="utf-8")
    light, dark = COLORS.findall(report)[:2]
    site = (
        "--paper: transparent; --ink: var(--color-foreground-primary); --quiet: var(--color-foreground-secondary); "
        "--line: var(--color-background-border); --shade: var(--color-background-secondary); --link: var(--color-link);"
    )
    return (
        f".gallery {{ {light} {site} }}\n"
        f'body[data-theme="dark"] .gallery {{ {dark} {site} }}\n'
        "@media (prefers-color-scheme: dark) {\n"
        f'body:not([data-theme="light"]) .gallery {{ {dark} {site} }}\n}}\n'
        f".gallery {{\n{report}\n}}\n{OURS}"
    )


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def _listed(claim: ClaimRecord) -> str:
    name = claim["name"]
    return f'- <a href="#{name}">{name.rpartition(".")[2]}</a>: {claim["says"].translate(ESCAPED)}'


def _set(page: str) -> str:
    """A page with its formulas as MathML; those that stand alone are as large as displays."""
    parts = FORMULA.split(page)
    parts[0::2] = [MATH.sub(lambda found: mathml(unescape(found[1])), each) for each in parts[0::2]]
    parts[1::2] = [MATH.sub(lambda found: _large(unescape(found[1])), each) for each in parts[1::2]]
    return "".join(parts)


def _large(source: str) -> str:
    shown = mathml(source.removeprefix(r"\displaystyle "), "block")
    return shown.replace('display="block"', 'display="inline" displaystyle="true"', 1)


def write(app: Sphinx) -> None:
    """Write the pages where Sphinx will find them, and the style beside those of the site."""
    parts = subjects(kept(Path(app.doctreedir) / "proofs"))
    folder = Path(app.srcdir) / "gallery"
    pages = {f"{module}.md": subject_in_markdown(module, each) for module, each in parts.items()}
    pages["index.md"] = index_in_markdown(parts)
    for gone in {each.name for each in folder.glob("*.md")} - set(pages):
        (folder / gone).unlink()
    _changed(folder, pages.items())
    _changed(Path(app.outdir) / "_static", [("gallery.css", style())])


def _changed(folder: Path, files: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files:
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Have the pages written before Sphinx looks for them."""
    app.connect("builder-inited", write)
    app.add_css_file("gallery.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
