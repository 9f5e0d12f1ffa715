"""The system's Chromium, which prints pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .edition import ExportError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
LONGEST = 120  # seconds that one page may take
DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]{0,7}\)")


def find_browser() -> str:
    """The path of a Chromium, or of a browser built on it.

    Raises:
        ExportError: where there is none.
    """
    named = os.environ.get("SECONDSIGHT_BROWSER")
    there = (path for path in ELSEWHERE if Path(path).is_file())
    found = named or next(filter(None, map(shutil.which, NAMES)), None) or next(there, None)
    if found and shutil.which(found):
        return found
    if named:
        raise ExportError(f"{named} is no program, and SECONDSIGHT_BROWSER names it; name a Chromium there")
    raise ExportError(
        "--print needs Chromium, Chrome or Edge, and none was found; install one, or name it in SECONDSIGHT_BROWSER"
    )


def as_pdf(browser: str, html: str) -> bytes:
    """A page as a PDF file. The same browser makes the same bytes of the same page.

    Raises:
        ExportError: where the browser does not print it.
    """
    with tempfile.TemporaryDirectory(prefix="second-sight-") as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        command = [
            browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # Chromium's sandbox refuses root, as in a container.
            command.insert(1, "--no-sandbox")
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=LONGEST)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ExportError(f"{browser} did not print a page ({error}); try another browser") from None
        if not pdf.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise ExportError(
                f"{browser} did not print a page ({said[-1][:200] if said else 'it said nothing'}); try another browser"
            )
        return DATE.sub(rb"\g<1>19800101000000+00'00')", pdf.read_bytes())
