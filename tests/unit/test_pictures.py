"""The manual's pictures show what is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.fests import ROOT
from tests.pictures import editors, motifs, preview, screens, terminal


def test_the_editor_marks_two_mistakes_and_offers_the_values_that_fit() -> None:
    assert [word for word, _ in editors.complaints(editors.TYPED)] == ["stauts", "Portugal"]
    texts = ["".join(each.itertext()) for each in ET.fromstring(editors.picture())]
    for text in ("stauts: cancelled", "peaks", "roofs", "arches", "blocks"):
        assert text in texts
    assert any("'stauts' was unexpected" in text for text in texts)


def test_the_editor_marks_nothing_in_a_file_without_mistakes() -> None:
    good = (ROOT / "fests/paris-2018.yml").read_text("utf-8")
    assert list(editors.complaints(good)) == []


@pytest.mark.parametrize(
    ("file", "picture"),
    [
        (editors.FILE, editors.picture),
        (motifs.FILE, motifs.picture),
        (terminal.FILE, terminal.picture),
        (preview.TIMEBAR, preview.timebar_picture),
        (preview.PROBLEMS, preview.problems_picture),
    ],
    ids=lambda each: getattr(each, "stem", ""),
)
def test_each_picture_is_as_its_script_draws_it(file: Path, picture: Callable[[], str]) -> None:
    """After a change of what it shows: `python -m tests.pictures`."""
    assert file.read_text("utf-8") == picture()


def test_the_check_in_the_picture_finds_what_is_wrong_in_each_file() -> None:
    said = terminal.said()
    assert said[-1] == "The site: 3 problems (1 error, 2 warnings)."
    assert {line.partition(":")[0] for line in said[:-1]} == {
        "docs/index.md",
        "fests/lisbon-2027.yml",
    }
    assert any('"Tuesday, June 7th" is a Monday' in line for line in said)


def test_the_time_bar_in_the_picture_has_the_moments_of_the_fest_and_the_page_follows() -> None:
    buttons = preview.buttons()
    assert buttons[0] == ("Now", "")
    assert ("RSVP: closed", "Sun 27 May 2018, 18:00") in buttons
    assert preview.page_says() == "RSVP closed on Sunday 27 May 2018 at 18:00 CEST"


def test_the_box_in_the_picture_says_what_to_do() -> None:
    heading, *lines = preview.box_says()
    assert heading.endswith("problems:")
    assert any('"ulr" is not a known key. Did you mean "url"?' in line for line in lines)


def test_the_box_in_the_picture_says_what_the_text_above_it_says() -> None:
    _, *lines = preview.box_says()
    assert "\n".join(lines) in preview.GUIDE.read_text("utf-8")


def test_the_picture_of_the_motifs_has_all_that_a_fest_may_choose() -> None:
    texts = [each.text for each in ET.fromstring(motifs.picture()).iter() if each.text]
    assert {*editors.offered()} <= {*texts}


def test_each_picture_of_a_screen_is_small_and_on_a_page() -> None:
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    for name in screens.PICTURES:
        assert (screens.FOLDER / name).stat().st_size <= screens.MOST_BYTES
        assert re.search(rf"!\[[^\]]{{20,}}\]\([./]*{re.escape(name)}\)", pages), name
