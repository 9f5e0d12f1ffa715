"""The body map in print: every place of the body, with all that is known of its signs."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from secondsight.course import Course, read_course
from secondsight.course.audit import BODY
from secondsight.course.drawing import view_box
from secondsight.printed_body_map import body_map


def drawn(course: Course) -> BeautifulSoup:
    return BeautifulSoup(body_map(course, lambda notebook: f"to/{notebook}", "m"), "html.parser")


@pytest.fixture(scope="module")
def small_map(small_read) -> BeautifulSoup:
    return drawn(small_read)


@pytest.fixture(scope="module")
def real_map(real) -> BeautifulSoup:
    return drawn(real)


def test_the_body_is_seen_from_the_front_and_from_the_back(small_map):
    assert [view["data-view"] for view in small_map.select("[data-view]")] == ["front", "back"]
    assert [view.p.get_text() for view in small_map.select("[data-view]")] == ["Front", "Back"]
    assert [figure.get_text() for figure in small_map.select("figcaption")] == [
        "A body, seen from the front.", "A body, seen from behind.",
    ]  # fmt: skip


def test_each_place_is_named_and_has_the_number_of_its_site(small_map):
    pins = [
        (view["data-view"], pin["data-name"], pin["cx"], pin["cy"], number.get_text())
        for view in small_map.select("[data-view]")
        for pin, number in zip(view.select("circle[data-site]"), view.select(".p-pins text"), strict=True)
    ]
    assert pins == [
        ("front", "The ribs, Back", "40", "70", "1"),
        ("back", "Between the shoulder blades, Back", "50", "60", "1"),
        ("back", "The small of the back, Back", "50", "90", "1"),
    ]


def test_a_site_says_each_sign_its_look_alikes_its_emergencies_and_where_to_learn_more(small_map):
    (site,) = small_map.select("details[data-site]")
    assert not site.has_attr("open")
    assert site.summary.get_text() == "Back"
    assert [sign.get_text(" ") for sign in site.select(".sign")] == [
        "An ache in the back   Discuss if it lasts It can also be: a strain.",
        "Legs that give way   Act now It can also be: tiredness.",
    ]
    assert [p.get_text() for p in site.find_all("p", recursive=False)] == [
        "Emergencies: Weak legs.", "Learn more: Second",
    ]  # fmt: skip
    assert [a["href"] for a in site.find_all("a")] == ["to/01-second.ipynb"]


def test_a_site_without_a_place_on_the_body_is_not_on_the_map(small):
    other = small.read("content/sites/back.yaml").replace("back", "knee")
    small.write("content/sites/knee.yaml", other.split("places:")[0] + "symptoms:" + other.split("symptoms:")[1])
    course, problems = read_course(small.root)
    assert (list(course.sites), problems) == (["back", "knee"], [])
    assert [site["data-site"] for site in drawn(course).select("details")] == ["back"]


def test_a_site_that_no_lesson_teaches_and_no_card_belongs_to_says_neither(small):
    small.edit("content/sites/back.yaml", "red_flags: [weak-legs]\n", "")
    small.change_cell("01-second.ipynb", "second-symptoms", "ss.actions()")
    (site,) = drawn(read_course(small.root)[0]).select("details[data-site]")
    assert site.find_all("a") == []
    assert "Emergencies" not in site.get_text()


def test_sites_are_numbered_in_the_order_of_the_course_in_both_views(real, real_map):
    numbers = {
        (pin["data-site"], number.get_text())
        for view in real_map.select("[data-view]")
        for pin, number in zip(view.select("circle[data-site]"), view.select(".p-pins text"), strict=True)
    }
    assert numbers == {(site, str(number)) for number, site in enumerate(real.sites, start=1)}
    assert [site["data-site"] for site in real_map.select("details[data-site]")] == list(real.sites)


def test_every_site_of_the_course_is_on_the_body(real, real_map):
    assert len(real.sites) >= 6
    for site in real.sites.values():
        assert site.places, site.id
        pins = real_map.select(f'circle[data-site="{site.id}"]')
        assert [pin["data-name"] for pin in pins] == [
            f"{place.name}, {site.name}" for view in BODY for place in site.places if place.view == view
        ]


def test_every_sign_of_the_course_is_on_the_map_with_how_fast_to_act_and_what_else_it_can_be(real, real_map):
    shown = 0
    for site in real.sites.values():
        (part,) = real_map.select(f'details[data-site="{site.id}"]')
        signs = part.select(".sign")
        assert [sign.strong.get_text() for sign in signs] == [symptom.lay for symptom in site.symptoms]
        for sign, symptom in zip(signs, site.symptoms, strict=True):
            assert sign.select_one(".level").get_text() == real.actions[symptom.action].name
            for look_alike in symptom.look_alikes:
                assert look_alike in sign.get_text(), symptom.id
            shown += 1
    assert shown >= 20


def test_every_site_names_its_emergencies_and_leads_to_the_lesson_that_teaches_it(real, real_map):
    with_emergencies = 0
    for site in real.sites.values():
        (part,) = real_map.select(f'details[data-site="{site.id}"]')
        for card in site.red_flags:
            assert real.red_flags[card].name in part.get_text(), site.id
        with_emergencies += bool(site.red_flags)
        (link,) = part.find_all("a")
        (lesson,) = (lesson for lesson in real.lessons.values() if link["href"] == f"to/{lesson.notebook}")
        calls = [call for cell in real.notebooks[lesson.id].cells for call in cell.calls]
        assert any(call.verb == "symptoms" and site.id in call.arguments for call in calls), site.id
        assert link.get_text() == lesson.title
    assert with_emergencies >= 5


def test_every_pin_lies_whole_inside_its_figure(real, real_map):
    pins = 0
    for view in real_map.select("[data-view]"):
        picture = real.pictures[BODY[view["data-view"]]]
        left, top, width, height = view_box(real.svgs[picture.file])
        for pin in view.select("circle[data-site]"):
            x, y, r = (float(pin[name]) for name in ("cx", "cy", "r"))
            assert left + r <= x <= left + width - r, pin["data-name"]
            assert top + r <= y <= top + height - r, pin["data-name"]
            pins += 1
    assert pins >= 8


def test_no_two_pins_of_a_view_lie_on_one_another(real_map):
    for view in real_map.select("[data-view]"):
        spots = [(float(pin["cx"]), float(pin["cy"]), float(pin["r"])) for pin in view.select("circle[data-site]")]
        assert len(spots) >= 3
        for number, (x, y, r) in enumerate(spots):
            for other_x, other_y, _ in spots[number + 1 :]:
                assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (2 * r) ** 2


def test_the_pins_are_drawn_within_the_figure_that_says_what_it_shows(real_map):
    for figure in real_map.select("figure"):
        svg = ElementTree.fromstring(str(figure.svg))
        assert svg[-1].get("class") == "p-pins"
        assert figure.svg.title.get_text()
        assert figure.svg.desc.get_text()
