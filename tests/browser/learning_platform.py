"""A little learning platform: it unpacks a SCORM package, shows it in a frame, and keeps what it is told.

How a package is spoken with is not ours: scorm-again does it, in the browser. What it sends is kept here, for each
trainee apart, and given back to the next visit.
"""

from __future__ import annotations

import functools
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from playwright.sync_api import BrowserContext, FrameLocator, Page

SCORM_AGAIN = Path(__file__).parents[2] / "frontend" / "node_modules" / "scorm-again" / "dist"
READERS = {"1.2": ("scorm12.min.js", "API", "Scorm12API"), "2004": ("scorm2004.min.js", "API_1484_11", "Scorm2004API")}
# As platforms do: what is over is not given back, and a visit that was suspended is gone on with.
GIVE_BACK = """kept => {
  const core = kept.cmi.core ?? kept.cmi;
  for (const name of ['session_time', 'exit', 'entry', 'mode', 'lesson_mode']) delete core[name];
  return kept;
}"""
LAUNCH = """<!DOCTYPE html><html lang="en"><head><title>A learning platform</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>html, body {{ margin: 0; height: 100% }}
iframe {{ width: 100%; height: 100%; border: 0; display: block }}</style>
<script src="/{script}"></script></head><body><script>
const api = window.{api} = new {made}({{ autocommit: false, logLevel: 5, lmsCommitUrl: "/kept/{trainee}" }});
const giveBack = {give_back};
const kept = {kept};
if (kept) api.loadFromJSON(giveBack(kept));
</script><iframe title="The course" src="/course/{page}"></iframe></body></html>"""


@dataclass
class Platform:
    """A platform with one course.

    Attributes:
        kept: what it was last told of each trainee.
    """

    version: str
    address: str
    folder: Path
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The page that the manifest names as what is to be launched."""
        (resource,) = ElementTree.parse(self.folder / "imsmanifest.xml").iterfind("{*}resources/{*}resource")
        return resource.attrib["href"]

    def cmi(self, trainee: str) -> dict[str, Any]:
        """What is kept of a trainee, with the names that both versions share."""
        cmi = self.kept[trainee]["cmi"]
        core = cmi.get("core", cmi)
        return {**cmi, **core, "status": core.get("lesson_status") or core.get("completion_status")}


@dataclass
class Visit:
    """A visit of a trainee, with the course in its frame, all that was asked for, and all that went wrong."""

    page: Page
    course: FrameLocator
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    platform: Platform

    def do_GET(self) -> None:
        platform = self.platform
        script, api, made = READERS[platform.version]
        if self.path.startswith("/launch/"):
            trainee = self.path.removeprefix("/launch/")
            html = LAUNCH.format(
                script=script, api=api, made=made, trainee=trainee, page=platform.page, give_back=GIVE_BACK,
                kept=json.dumps(platform.kept.get(trainee)).replace("<", "\\u003c"),
            )  # fmt: skip
            self._answer(html.encode(), "text/html")
        elif self.path == f"/{script}":
            self._answer((SCORM_AGAIN / script).read_bytes(), "text/javascript")
        elif self.path.startswith("/course/"):
            self.path = self.path.removeprefix("/course")
            super().do_GET()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.platform.kept[self.path.removeprefix("/kept/")] = told
        self._answer(b'{"result": true, "errorCode": 0}', "application/json")

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(BrokenPipeError):
            # Who sends something on leaving does not wait for the reply.
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running_platform(package: Path, folder: Path, version: str) -> Iterator[Platform]:
    """A platform that has taken in a package, at an address of this machine."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    platform = Platform(version, "", folder)
    handler = type("Handler", (_Handler,), {"platform": platform})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    platform.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def launch(platform: Platform, trainee: str, context: BrowserContext) -> Visit:
    page = context.new_page()
    visit = Visit(page, page.frame_locator("iframe"))
    page.on("request", lambda r: None if r.url.startswith(("data:", "blob:")) else visit.requests.append(r.url))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", lambda m: visit.errors.append(m.text) if m.type == "error" else None)
    page.goto(f"{platform.address}/launch/{trainee}")
    return visit
