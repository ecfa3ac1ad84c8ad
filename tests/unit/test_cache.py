from datetime import timedelta

import pytest

from mkdocs_impldays.cache import Cache
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.output import files
from mkdocs_impldays.output.files import FEED, files_of
from tests.judges.samples import FESTS, SITE, STAMP

PARIS, ROME = FESTS["paris-2018"], FESTS["rome-2018"]
LATER = STAMP + timedelta(minutes=1)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the fests whose pictures were drawn."""
    fests: list[str] = []

    def draw(fest: Fest) -> bytes:
        fests.append(fest.name)
        return fest.name.encode()

    monkeypatch.setattr(files, "card_png", draw)
    return fests


def test_only_the_files_of_the_fest_that_was_edited_are_made_anew(drawn: list[str]) -> None:
    cache = Cache()
    edited = ROME.model_copy(update={"name": "RustFest in Rome"})
    cache.files(PARIS, fests=[PARIS, ROME], site_url=SITE, stamp=STAMP)
    made = cache.files(PARIS, fests=[PARIS, edited], site_url=SITE, stamp=LATER)
    assert drawn == [PARIS.name, ROME.name, "RustFest in Rome"]
    assert made == files_of(PARIS, fests=[PARIS, edited], site_url=SITE, stamp=LATER)
    assert b"RustFest in Rome" in made[FEED]


def test_another_address_or_language_of_the_site_makes_all_files_anew(drawn: list[str]) -> None:
    cache = Cache()
    for fest, address in ((PARIS, SITE), (PARIS, None), (PARIS.in_language("fr"), None)):
        made = cache.files(fest, fests=[fest], site_url=address, stamp=STAMP)
        assert made == files_of(fest, fests=[fest], site_url=address, stamp=STAMP)
    assert len(drawn) == 6


def test_nothing_is_made_anew_where_nothing_changed(drawn: list[str]) -> None:
    cache = Cache()
    first = cache.files(PARIS, fests=[PARIS], site_url=SITE, stamp=STAMP)
    assert cache.files(PARIS, fests=[PARIS], site_url=SITE, stamp=STAMP) is first
    assert drawn == [PARIS.name]
