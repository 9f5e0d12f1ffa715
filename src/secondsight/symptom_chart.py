"""The chart of symptoms by place, drawn from ``content/sites`` so that it cannot differ from it."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from .course.model import Course

WIDTH = 560
ROW = 30
HEAD = 40
# Characters that fit on a line at the widest of the fonts in use.
LINE = 46
TOP = 4
# One shape for each level: the colour is never the only sign.
MARKS = {
    "same-day-emergency": '<path class="p-mark-now" d="M0-9 9 8H-9Z"/>',
    "contact-team-within-days": '<path class="p-mark-days" d="M0-9 9 0 0 9-9 0Z"/>',
    "discuss-if-beyond-1-2-weeks": '<circle class="p-mark-lasts" r="8"/>',
    "reassure-and-safety-net": '<rect class="p-mark-explain" x="-7" y="-7" width="14" height="14"/>',
}


def symptom_chart(course: Course) -> str:
    """An SVG: for each site a band with its symptoms, each marked with how fast to act."""
    used = [id for id in MARKS if any(s.action == id for site in course.sites.values() for s in site.symptoms)]
    body, said, y = [], [], TOP
    for id in used:
        body.append(f'<g transform="translate(20 {y + 16})">{MARKS[id]}</g>')
        body.append(f'<text x="42" y="{y + 22}">{escape(course.actions[id].name)}</text>')
        y += ROW
    for site in course.sites.values():
        y += 10
        top, rows = y, []
        y += HEAD
        for symptom in site.symptoms:
            rows.append(f'<g transform="translate(30 {y + 9})">{MARKS[symptom.action]}</g>')
            for line in wrap(symptom.lay, LINE):
                rows.append(f'<text x="52" y="{y + 15}">{escape(line)}</text>')
                y += ROW - 6
            y += 6
        body.append(f'<rect class="p-band" x="2" y="{top}" width="{WIDTH - 4}" height="{y - top}" rx="8"/>')
        body.append(f'<text class="p-h" x="18" y="{top + 27}">{escape(site.name)}</text>')
        body += rows
        levels = "; ".join(f"{symptom.lay} ({course.actions[symptom.action].name})" for symptom in site.symptoms)
        said.append(f"{site.name}: {levels}.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 6}" role="img"'
        ' aria-labelledby="symptom-chart-title symptom-chart-desc">'
        '<title id="symptom-chart-title">Symptoms by place</title>'
        f'<desc id="symptom-chart-desc">{escape(" ".join(said))}</desc>{"".join(body)}</svg>'
    )
