"""``secondsight export``: the course as pages, on paper, or in a form that other programs read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..export.handover import FORMS
from ..refusal import Refusal
from . import course_folder

if TYPE_CHECKING:
    from ..export.edition import Edition

PAGES = "pages"


def add(commands: argparse._SubParsersAction) -> None:
    make = commands.add_parser(
        "export",
        help="make pages that need no kernel and no network, or hand the course over to another program",
        description="Make the course as interactive pages, on paper, or as a file that another program takes in.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="forms for --to:\n"
        + "\n".join(f"  {name:<11} {says}" for name, says in [(PAGES, "web pages (the default)"), *_forms()]),
    )
    make.add_argument("--to", choices=(PAGES, *FORMS), default=PAGES, metavar="FORM", help="which form; see below")
    make.add_argument(
        "--lessons", nargs="+", default=[], metavar="ID", help="only these lessons, by their ids (default: all)"
    )
    make.add_argument(
        "--for",
        dest="audience",
        choices=("learners", "educators"),
        default="learners",
        help="educators' pages show keys, reasons, sources and timing; learners' keep them behind the answer",
    )
    make.add_argument("--single-file", action="store_true", help="the whole course as one HTML file")
    make.add_argument(
        "--print", dest="printed", action="store_true", help="PDF files: each lesson, and all questions with their key"
    )
    make.add_argument("--title", default="", help="a title of your own for the course")
    make.add_argument("--logo", type=Path, help="a picture for the head of each page")
    make.add_argument("--contact", default="", help="whom readers can ask, as a line at the foot of each page")
    make.add_argument("--out", type=Path, help="where to; by default a name of its own, here")
    course_folder.add(make)
    make.set_defaults(run=run)


def _forms() -> list[tuple[str, str]]:
    return [(name, form.says) for name, form in FORMS.items()]


def run(asked: argparse.Namespace) -> int:
    from ..export.edition import Edition
    from ..export.logo import read_logo

    edition = Edition(
        lessons=tuple(dict.fromkeys(asked.lessons)),
        audience=asked.audience,
        title=asked.title.strip(),
        logo=read_logo(asked.logo) if asked.logo else None,
        contact=asked.contact.strip(),
    )
    only_pages = {
        "--print": asked.printed,
        "--single-file": asked.single_file,
        "--for educators": asked.audience == "educators",
    }
    if asked.to != PAGES and (given := [option for option, is_given in only_pages.items() if is_given]):
        raise Refusal(f"{given[0]} makes pages, and --to {asked.to} asks for another form; leave one of them out")
    if asked.printed and asked.single_file:
        raise Refusal("--print makes a PDF for each lesson, and --single-file one page; leave one of them out")
    return _pages(asked, edition) if asked.to == PAGES else _hand_over(asked, edition)


def _hand_over(asked: argparse.Namespace, edition: Edition) -> int:
    from ..export.handover import hand_over

    done = hand_over(course_folder.root(asked), asked.to, asked.out, edition)
    for left in done.package.left_out:
        print(f"left out: {left.item}: {left.reason}", file=sys.stderr)
    items = "1 item" if done.package.items == 1 else f"{done.package.items} items"
    print(f"{items} in {done.out}.")
    return 0


def _pages(asked: argparse.Namespace, edition: Edition) -> int:
    from ..export import paper, site

    root = course_folder.root(asked)
    if asked.printed:
        out, what = asked.out or Path("print"), "PDF file"
        made = paper.export(root, out, edition=edition)
    else:
        out, what = asked.out or Path("site-single" if asked.single_file else "site"), "page"
        made = site.export(root, out, single_file=asked.single_file, edition=edition)
    for warning in made.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    counted = f"{made.pages} {what}{'s' * (made.pages != 1)}"
    print(f"{counted} in {out}{'' if made.fresh else ', as before'}. Open {made.first}")
    return 0
