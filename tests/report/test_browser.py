"""Pages in a browser, where one is installed: formulas are set, nothing is logged or wider than a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.cli import program

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")

WRITE_UP = r"""
# Long lines

$$\frac{\partial}{\partial z} \sigma(z) = \sigma(z)\,(1 + \sigma(z))$$
$$\tanh(z) = 2\sigma(2z) - 1 = \frac{1 - e^{-2z}}{1 + e^{-2z}} = 1 - \frac{2 e^{-2z}}{1 + e^{-2z}}$$
$$a + (a = 2$$
<script>console.log("hostile")</script> $$ \text{</script><img src=x onerror=alert(1)>} = 1 $$
"""
# What a frame of a given width finds in the page that it shows, as the title of the page around it.
FRAME = """<!doctype html><title>waiting</title>
<iframe src="page.html" style="width:{width}px;height:900px;border:0" onload="
  const shown = this.contentDocument, all = (of) => shown.querySelectorAll(of).length
  document.title = JSON.stringify({{width: shown.documentElement.scrollWidth,
    set: all('.katex'), failed: all('.katex-error')}})"></iframe>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def page(folder: Path, *arguments: str) -> None:
    found = CliRunner().invoke(program, ["report", *arguments, "--output", str(folder / "page.html")])
    assert (folder / "page.html").exists(), found.output


def seen(folder: Path, width: int) -> dict[str, int]:
    """What the frame found; the browser must have had nothing to say."""
    (folder / "frame.html").write_text(FRAME.format(width=width), encoding="utf-8")
    assert BROWSER is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    options += ["--enable-logging=stderr", "--virtual-time-budget=20000", f"--user-data-dir={folder / 'profile'}"]
    shown = subprocess.run(
        [BROWSER, *options, "--dump-dom", (folder / "frame.html").as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in shown.stderr
    title = re.search("<title>(.*?)</title>", shown.stdout)
    assert title is not None
    found: dict[str, int] = json.loads(title[1])
    return found


@pytest.mark.parametrize("width", [375, 1200])
def test_a_write_up(folder: Path, width: int) -> None:
    (folder / "hw.md").write_text(WRITE_UP, encoding="utf-8")
    page(folder, str(folder / "hw.md"))
    found = seen(folder, width)
    assert found["width"] <= width
    assert found["set"] >= 6
    assert found["failed"] == 0


@pytest.mark.parametrize("width", [375, 1200])
def test_claims(folder: Path, width: int) -> None:
    page(folder, "affine", "softmax")
    found = seen(folder, width)
    assert found["width"] <= width
    assert found["set"] > 50
    assert found["failed"] == 0


def test_the_frame_sees_what_is_too_wide_and_what_is_logged(folder: Path) -> None:
    (folder / "page.html").write_text("<div style='width:900px'>wide</div>", encoding="utf-8")
    assert seen(folder, 375)["width"] > 800
    (folder / "page.html").write_text("<script>missing()</script>", encoding="utf-8")
    with pytest.raises(AssertionError):
        seen(folder, 375)
