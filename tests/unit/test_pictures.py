"""The manual's pictures show what is true."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.fests import ROOT
from tests.pictures import editors


def test_the_editor_marks_two_mistakes_and_offers_the_values_that_fit() -> None:
    assert [word for word, _ in editors.complaints(editors.TYPED)] == ["stauts", "Portugal"]
    texts = ["".join(each.itertext()) for each in ET.fromstring(editors.picture())]
    for text in ("stauts: cancelled", "peaks", "roofs", "arches", "blocks"):
        assert text in texts
    assert any("'stauts' was unexpected" in text for text in texts)


def test_the_editor_marks_nothing_in_a_file_without_mistakes() -> None:
    good = (ROOT / "fests/paris-2018.yml").read_text("utf-8")
    assert list(editors.complaints(good)) == []


def test_the_editors_picture_is_as_its_script_draws_it() -> None:
    assert editors.FILE.read_text("utf-8") == editors.picture()
