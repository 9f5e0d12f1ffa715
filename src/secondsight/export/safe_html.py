"""From text that nobody vouches for to HTML that cannot run or load anything."""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_IMAGE = re.compile(r"<img\b[^>]*>")
_SRC = re.compile(r'\bsrc="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')
BIGGEST_PICTURE = 5_000_000


def from_markdown(text: str) -> str:
    """Markdown to safe HTML. The start button is left out: a page has nothing to start."""
    return clean(_MARKDOWN.render(text))


def clean(text: str) -> str:
    """HTML without scripts, styles, forms, event handlers and addresses other than web and mail."""
    return nh3.clean(
        text,
        tags=nh3.ALLOWED_TAGS - {"area", "map", "nav", "header", "footer", "article", "aside"},
        clean_content_tags={"script", "style", "button", "textarea", "select", "iframe", "object", "svg", "math"},
        # Pictures of these schemes are put in, or left out with a warning, by with_pictures.
        url_schemes={"http", "https", "mailto", "attachment", "file"},
        attribute_filter=_only_pictures_from_here,
        link_rel="noreferrer",
    )


def _only_pictures_from_here(tag: str, attribute: str, value: str) -> str | None:
    from_here = re.match(r"\s*(attachment|file):", value, re.I)
    return None if from_here and (tag, attribute) != ("img", "src") else value


def with_pictures(text: str, folder: Path, attachments: dict, warn: Callable[[str], None]) -> str:
    """Put local pictures into clean HTML itself; a picture from elsewhere becomes a link.

    Args:
        folder: where relative addresses start; nothing outside it is read.
        attachments: the cell's own pictures, by name, as notebooks hold them.
        warn: told of each picture that is not shown.
    """

    def put(match: re.Match[str]) -> str:
        src = html.unescape((_SRC.search(match.group(0)) or ["", ""])[1])
        alt = (_ALT.search(match.group(0)) or ["", ""])[1]
        data = _attached(src, attachments) or _local(src, folder)
        if data:
            return f'<img src="{data}" alt="{alt}">'
        warn(f"the picture '{src}' is not shown, because it is no PNG, JPEG, GIF, WebP or SVG file beside the notebook")
        shown = alt or html.escape(src)
        return f'<a href="{html.escape(src)}">{shown}</a>' if re.match(r"https?://", src) else f"<em>{shown}</em>"

    return _IMAGE.sub(put, text)


def _attached(src: str, attachments: dict) -> str:
    bundle = attachments.get(unquote(src.removeprefix("attachment:")), {}) if src.startswith("attachment:") else {}
    for mime, data in bundle.items():
        if re.fullmatch(r"image/(png|jpeg|gif|webp)", mime) and re.fullmatch(r"[A-Za-z0-9+/=\s]+", str(data)):
            return f"data:{mime};base64,{''.join(str(data).split())}"
    return ""


def _local(src: str, folder: Path) -> str:
    if not src or re.match(r"[a-z][a-z0-9+.-]*:|//", src, re.I):
        return ""
    try:
        path = (folder / unquote(src)).resolve()
        mime = mimetypes.guess_type(path.name)[0] or ""
        inside = path.is_relative_to(folder.resolve().parent)
        if not inside or not re.fullmatch(r"image/(png|jpeg|gif|webp|svg\+xml)", mime):
            return ""
        if path.stat().st_size > BIGGEST_PICTURE:
            return ""
        return f"data:{mime};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError):
        return ""
