"""Which fest a page is about, and where a fest's own page is."""

from __future__ import annotations

import pytest

from mkdocs_impldays.names.fests import fest_of_page, page_text, pages_of, source_of
from tests.unit.test_current import FOUR, load

FESTS = {fest.id: fest for fest in load(FOUR)}


@pytest.mark.parametrize(
    "typed", ["rome-2018", "rome-2018.yml", "fests/rome-2018.yml", "fests\\rome-2018.yml"]
)
def test_an_id_or_a_file_chooses_a_fest(typed: str) -> None:
    assert fest_of_page({"fest": typed}, FESTS, path="a.md", line=2) == (FESTS["rome-2018"], [])


def test_a_page_that_asks_for_none_has_none_of_its_own() -> None:
    assert fest_of_page({"title": "A"}, FESTS, path="a.md", line=1) == (None, [])


@pytest.mark.parametrize("typed", [None, 2018, ["rome-2018"], "rome"])
def test_what_is_no_fest_is_told_at_its_line(typed: object) -> None:
    fest, (problem,) = fest_of_page({"fest": typed}, FESTS, path="docs/a.md", line=3)
    assert fest is None
    assert str(problem).startswith("docs/a.md:3: fest: ")


def test_a_fests_page_is_found_where_its_file_is_written_to() -> None:
    rome = FESTS["rome-2018"]
    addresses = {source_of(rome): "rome/", "index.md": ""}
    assert pages_of(FESTS.values(), addresses) == {"rome-2018": "/rome/"}
    assert 'fest: "rome-2018"' in page_text(rome)
