"""The body map as it is read without JavaScript: the figures with numbered places, and each site's signs."""

from __future__ import annotations

from html import escape

from .course import Course
from .course.audit import BODY
from .course.model import Site, Symptom
from .printed import Link, level, picture
from .printed_items import pin

NAMES = {"front": "Front", "back": "Back"}


def body_map(course: Course, link: Link, unique: str) -> str:
    """Figures and signs.

    Args:
        link: from a notebook's file name to where it is read.
        unique: keeps ids apart where a document holds a picture twice.
    """
    sites = [site for site in course.sites.values() if site.places]
    figures = "".join(_view(course, view, sites, unique) for view in BODY)
    return f'<div class="ss-panel body-map"><div class="views">{figures}</div>{_signs(course, sites, link)}</div>'


def _view(course: Course, view: str, sites: list[Site], unique: str) -> str:
    pins = ""
    for number, site in enumerate(sites, start=1):
        for place in site.places:
            if place.view == view:
                name = escape(f"{place.name}, {site.name}")
                pins += pin(place.x, place.y, str(number), f' data-site="{site.id}" data-name="{name}"')
    drawn = picture(course, BODY[view], unique, pins)
    return f'<div data-view="{view}"><p class="meta">{NAMES[view]}</p>{drawn}</div>'


def _signs(course: Course, sites: list[Site], link: Link) -> str:
    folded = []
    for site in sites:
        signs = "".join(_sign(course, symptom) for symptom in site.symptoms)
        folded.append(
            f'<details data-site="{site.id}"><summary>{escape(site.name)}</summary>'
            f"{signs}{_cards(course, site)}{_lesson(course, site, link)}</details>"
        )
    return "".join(folded)


def _sign(course: Course, symptom: Symptom) -> str:
    return (
        f'<div class="sign"><p><strong>{escape(symptom.lay)}</strong> {level(course, symptom.action)}</p>'
        f'<p class="meta">It can also be: {escape("; ".join(symptom.look_alikes))}.</p></div>'
    )


def _cards(course: Course, site: Site) -> str:
    names = "; ".join(course.red_flags[id].name for id in site.red_flags)
    return f"<p><strong>Emergencies:</strong> {escape(names)}.</p>" if names else ""


def _lesson(course: Course, site: Site, link: Link) -> str:
    """Where the site's signs are taught."""
    for lesson, notebook in course.notebooks.items():
        calls = [call for cell in notebook.cells for call in cell.calls]
        if any(call.verb == "symptoms" and site.id in call.arguments for call in calls):
            part = course.lessons[lesson]
            return f'<p>Learn more: <a href="{escape(link(part.notebook))}">{escape(part.title)}</a></p>'
    return ""
