"""The chart of symptoms is drawn from the course, so it must say all that the course says."""

from xml.etree import ElementTree

from secondsight.symptom_chart import LINE, MARKS, WIDTH, symptom_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(course):
    return ElementTree.fromstring(symptom_chart(course))


def test_every_symptom_is_drawn_once_with_the_mark_of_its_level(real):
    svg = drawn(real)
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    said = " ".join(texts)
    symptoms = [symptom for site in real.sites.values() for symptom in site.symptoms]
    assert len(symptoms) > 10
    for symptom in symptoms:
        # A long one stands on two lines.
        assert said.count(symptom.lay) == sum(symptom.lay in other.lay for other in symptoms)
    used = {symptom.action for symptom in symptoms}
    # One mark for each symptom, and one for each level that the legend explains.
    assert len([g for g in svg.iter(f"{SVG}g") if g.get("transform")]) == len(symptoms) + len(used)
    assert {real.actions[level].name for level in used} <= set(texts)


def test_the_mark_beside_a_symptom_is_that_of_its_level(small_read):
    marks = [g[0].get("class") for g in drawn(small_read).iter(f"{SVG}g")]
    assert marks == ["p-mark-now", "p-mark-lasts", "p-mark-lasts", "p-mark-now"]


def test_levels_differ_in_shape_and_not_by_colour_alone():
    shapes = {ElementTree.fromstring(mark).tag + str(ElementTree.fromstring(mark).get("d")) for mark in MARKS.values()}
    assert len(shapes) == len(MARKS) == 4


def test_the_description_says_what_the_eye_sees(small_read):
    svg = drawn(small_read)
    title, description = svg.get("aria-labelledby").split()
    assert svg.find(f"{SVG}title").get("id") == title
    assert svg.find(f"{SVG}desc").get("id") == description
    assert svg.find(f"{SVG}desc").text == (
        "Back: An ache in the back (Discuss if it lasts); Legs that give way (Act now)."
    )


def test_rows_lie_inside_the_picture_and_below_one_another(real):
    svg = drawn(real)
    _, _, width, height = map(int, svg.get("viewBox").split())
    rows = [int(text.get("y")) for text in svg.iter(f"{SVG}text")]
    assert width == WIDTH
    assert rows == sorted(set(rows))
    assert rows[-1] < height
    for band in svg.iter(f"{SVG}rect"):
        if band.get("class") == "p-band":
            assert int(band.get("y")) + int(band.get("height")) <= height


def test_no_line_runs_out_of_the_picture(real):
    lines = [text.text for text in drawn(real).iter(f"{SVG}text")]
    assert len(lines) > 20
    assert max(map(len, lines)) <= LINE


def test_sites_stand_in_the_order_of_the_course(real):
    heads = [text.text for text in drawn(real).iter(f"{SVG}text") if text.get("class") == "p-h"]
    assert heads == ["Bone", "Lung", "Liver", "Brain", "Skin", "General"]
