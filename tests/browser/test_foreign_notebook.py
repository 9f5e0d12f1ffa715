"""Another author's notebook: its anywidgets live on the page, what needs a kernel says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect


def convert(tmp_path: Path, cells: list[tuple[str, str]]) -> tuple[Path, str]:
    notebook = {
        "cells": [
            {"cell_type": kind, "id": f"c{n}", "metadata": {}, "source": source}
            | ({"execution_count": None, "outputs": []} if kind == "code" else {})
            for n, (kind, source) in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (tmp_path / "mine.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "secondsight", "mine.ipynb"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    return tmp_path / "mine.html", done.stderr


def test_a_third_party_anywidget_works_with_the_network_off(visit, tmp_path: Path) -> None:
    made, _ = convert(
        tmp_path,
        [
            ("markdown", "# Draw some data"),
            ("code", "from drawdata import ScatterWidget\nwidget = ScatterWidget()\nwidget"),
            ("code", "1 + 1"),
        ],
    )
    seen = visit(made)
    page = seen.page
    canvas = page.locator(".foreign svg").first
    canvas.wait_for()
    before = page.locator(".foreign circle").count()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 200, steps=12)
    page.mouse.up()
    assert page.locator(".foreign circle").count() > before
    expect(page.locator("pre", has_text="2").last).to_be_visible()
    assert seen.requests == []
    assert [error for error in seen.errors if "Content Security Policy" in error] == []


def test_an_anywidget_counts_and_keeps_its_model(visit, tmp_path: Path) -> None:
    source = '''
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
      const b = document.createElement("button");
      const show = () => { b.textContent = `count ${model.get("value")}`; };
      b.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
      model.on("change:value", show); show(); el.append(b); } }"""
    _css = "button { letter-spacing: 3px }"
    value = traitlets.Int(3).tag(sync=True)
Counter()'''
    made, _ = convert(tmp_path, [("code", source)])
    seen = visit(made)
    button = seen.page.get_by_role("button", name="count 3")
    button.click()
    expect(seen.page.get_by_role("button", name="count 4")).to_have_css("letter-spacing", "3px")
    assert (seen.requests, seen.errors) == ([], [])


def test_a_widget_that_needs_a_kernel_says_so_and_the_export_warns(visit, tmp_path: Path) -> None:
    made, log = convert(tmp_path, [("code", "import ipywidgets\nipywidgets.IntSlider()")])
    assert "mine.ipynb, cell 1 (c0): shows a widget that needs a kernel" in log
    expect(visit(made).page.get_by_text("works only in a running notebook")).to_be_visible()


def test_an_untrusted_authors_markdown_and_html_never_run(visit, tmp_path: Path) -> None:
    attack = "<script>window.ran=1</script><img src=x onerror='window.ran=1'><a href='javascript:window.ran=1'>x</a>"
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"><script>window.ran=1</script></svg>'
    made, _ = convert(
        tmp_path,
        [
            ("markdown", f"# Hello\n\n{attack}\n\n[x](javascript:window.ran=1) <svg onload='window.ran=1'></svg>"),
            ("code", f"from IPython.display import HTML, SVG\nHTML({attack!r})"),
            ("code", f"SVG({drawing!r})"),
            ("code", f"print({attack!r})"),
        ],
    )
    seen = visit(made)
    for link in seen.page.locator("main a").all():
        link.click(no_wait_after=True)
    seen.page.wait_for_timeout(200)
    assert seen.page.evaluate("window.ran") is None
    assert seen.requests == []
