"""Answers as an exported page keeps them, and as a progress file holds them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page

from secondsight.course.items import Item

# Every answer in the browser's storage, as text.
STORED = """prefix => Object.entries(localStorage).flatMap(([key, text]) => (key.startsWith(prefix) ? [text] : []))"""
STORE = "([prefix, all]) => all.forEach((each) => localStorage.setItem(prefix + each.id, JSON.stringify(each)))"


def prefix(course: str = "second-sight") -> str:
    return f"second-sight/2/{course}/"


def stored(page: Page, course: str = "second-sight") -> list[dict[str, Any]]:
    """What the browser's storage holds, oldest first."""
    return sorted(map(json.loads, page.evaluate(STORED, prefix(course))), key=lambda each: (each["at"], each["id"]))


def known(page: Page, attempts: list[dict[str, Any]]) -> None:
    """Let the browser's storage hold these answers."""
    page.evaluate(STORE, [prefix(), attempts])
    page.reload()


def attempt(item: Item, number: int, at: str = "2026-01-01T10:00:00.000Z", /, **more: Any) -> dict[str, Any]:
    """A right and sure answer given before, as it is kept."""
    return {
        "id": f"{number:08}-0000-4000-8000-000000000000",
        "item": item.id,
        "item_version": item.version,
        "lesson": "a-lesson",
        "answer": ["a"],
        "score": 1,
        "certainty": "sure",
        "hints": 0,
        "seconds": 5,
        "at": at,
        "place": "page",
    } | more


def progress_file(attempts: Iterable[dict[str, Any]], /, **head: Any) -> str:
    """A progress file; ``head`` overrides what its first line says."""
    lines = [json.dumps(each) + "\n" for each in attempts]
    body = "".join(lines)
    head = {
        "format": "second-sight-progress",
        "version": 2,
        "course": "second-sight",
        "count": len(lines),
        "checksum": f"crc32:{zlib.crc32(body.encode()):08x}",
    } | head
    return json.dumps(head) + "\n" + body


def read(file: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A progress file's head and answers; its head is true."""
    first, body = file.split("\n", 1)
    head, attempts = json.loads(first), [json.loads(line) for line in body.splitlines()]
    assert head == json.loads(progress_file([]).splitlines()[0]) | {
        "count": len(attempts),
        "checksum": f"crc32:{zlib.crc32(body.encode()):08x}",
    }
    return head, attempts
