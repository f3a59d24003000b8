"""The report in a real browser: it opens, asks for nothing, complains about nothing, and prints on A4."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from test_report import everything

from transport_calc.batch.count.tally import Tally
from transport_calc.batch.report import report_html

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")

A4 = (595, 842)
"""In points, rounded."""


class Site(NamedTuple):
    """A server that has only the report, and notes whatever else it is asked for."""

    url: str
    asked: list[str]


@pytest.fixture(scope="module")
def html() -> str:
    tally = Tally(("bilag.csv",))
    tally.add(everything())
    return report_html(tally, "da", generated_on=date(2026, 11, 21), law_digest="sha256:" + "ab" * 32)


@pytest.fixture(scope="module")
def site(html: str) -> Iterator[Site]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = self.path == "/report.html"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode() if found else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}/report.html", asked)
        server.shutdown()


def chromium(profile: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert BROWSER is not None
    # Root, as in a container, may only browse without the sandbox.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [BROWSER, "--headless=new", *as_root, "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    command += [f"--user-data-dir={profile}", "--enable-logging=stderr", "--v=0", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def opened(site: Site, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    return chromium(tmp_path_factory.mktemp("profile"), "--dump-dom", site.url)


def test_the_page_opens_with_its_title_and_headings(opened: subprocess.CompletedProcess[str]) -> None:
    assert opened.returncode == 0
    assert "<title>Befordring: resultat for 12 rækker</title>" in opened.stdout
    headings = re.findall("<h2[^>]*>([^<]*)</h2>", opened.stdout)
    assert headings == ["Kort fortalt", "Følg op", "Afgørelser", "Udbetaling", "Hvor tæt på grænserne", "Grundlag"]
    assert opened.stdout.count("<svg") == 6


def test_the_browser_changes_nothing(html: str, opened: subprocess.CompletedProcess[str]) -> None:
    """What was written is what the browser understood: no element was moved, closed or dropped."""

    def tags(text: str) -> list[str]:
        return re.findall(r"<(/?[a-z0-9]+)", text)

    void = {"meta", "link", "br"}
    written = [tag for tag in tags(html) if tag not in void]
    understood = [tag for tag in tags(opened.stdout) if tag not in void]
    # SVG elements that close themselves are written out by the browser.
    assert [tag for tag in understood if tag not in ("/rect", "/line")] == written


def test_nothing_but_the_page_is_asked_for(site: Site, opened: subprocess.CompletedProcess[str]) -> None:
    assert opened.returncode == 0
    assert set(site.asked) == {"/report.html"}


def test_the_console_stays_empty(opened: subprocess.CompletedProcess[str]) -> None:
    assert not [line for line in opened.stderr.splitlines() if "CONSOLE" in line]


def test_the_console_is_seen_at_all(tmp_path: Path) -> None:
    """The test above would find a complaint: here is a page with one."""
    page = tmp_path / "page.html"
    page.write_text("<script>console.error('complaint')</script>", encoding="utf-8")
    assert "complaint" in chromium(tmp_path / "profile", "--dump-dom", page.as_uri()).stderr


def test_it_prints_on_a4(site: Site, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    chromium(tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={printed}", site.url)
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed.read_bytes())
    assert 2 <= len(boxes) <= 8
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}


@pytest.mark.parametrize("width", [1280, 390])
def test_it_needs_no_scrolling_sideways(html: str, tmp_path: Path, width: int) -> None:
    """The report in a frame of that width, measured by a page around it; the report itself may not run a script."""
    literal = json.dumps(html).replace("</", "<\\/")
    page = tmp_path / "measure.html"
    page.write_text(
        f"<meta charset=utf-8><iframe id=f width={width} height=900></iframe><p id=m></p><script>f.onload=()=>{{"
        "let d=f.contentDocument.documentElement;"
        "m.textContent=d.querySelectorAll('svg').length+' charts, '+(d.scrollWidth-d.clientWidth)+' too wide'};"
        f"f.srcdoc={literal}</script>",
        encoding="utf-8",
    )
    dom = chromium(tmp_path / "profile", "--dump-dom", "--virtual-time-budget=3000", page.as_uri()).stdout
    assert '<p id="m">6 charts, 0 too wide</p>' in dom
