"""The picture in the manual's chapter on editors shows what the schema says."""

from __future__ import annotations

import runpy
from xml.etree import ElementTree as ET

from tests.fests import ROOT

HOOK = runpy.run_path(str(ROOT / "hooks/editors_picture.py"))


def test_it_marks_the_two_mistakes_and_offers_the_values_that_fit() -> None:
    assert [word for word, _ in HOOK["complaints"](HOOK["TYPED"])] == ["stauts", "Portugal"]
    texts = ["".join(each.itertext()) for each in ET.fromstring(HOOK["picture"]())]
    for text in ("stauts: cancelled", "peaks", "roofs", "arches", "blocks"):
        assert text in texts
    assert any("'stauts' was unexpected" in text for text in texts)


def test_of_a_file_without_mistakes_it_marks_nothing() -> None:
    good = (ROOT / "fests/paris-2018.yml").read_text("utf-8")
    assert list(HOOK["complaints"](good)) == []
