from datetime import UTC, datetime

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.setting import Setting
from mkdocs_impldays.names.vocabularies import Vocabularies
from mkdocs_impldays.pages.alternatives import View
from tests.fests import ROOT
from tests.judges.samples import FESTS

PARIS, ROME = FESTS["paris-2018"], FESTS["rome-2018"]


def _vocabularies() -> Vocabularies:
    setting = Setting(
        view=View(datetime(2018, 5, 1, tzinfo=UTC)),
        site_url=None,
        folders=[str(ROOT / "mkdocs_impldays/theme")],
        link_class="",
    )
    return Vocabularies(FESTS, current=PARIS, setting=setting)


def test_pages_of_all_fests_see_the_same_facts_of_each() -> None:
    vocabularies = _vocabularies()
    paris, rome = vocabularies.of(PARIS).names, vocabularies.of(ROME).names
    assert paris["fest"] is not rome["fest"]
    for listed in (paris["fests"], rome["fests"]):
        assert isinstance(listed, list)
        assert len(listed) == len(FESTS)
        assert {id(paris["fest"]), id(rome["fest"])} < set(map(id, listed))


def test_every_fest_is_read_once_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = Fest.in_language

    def in_language(fest: Fest, language: str) -> Fest:
        asked.append(fest.id)
        return read(fest, language)

    monkeypatch.setattr(Fest, "in_language", in_language)
    vocabularies = _vocabularies()
    for fest in (PARIS, ROME):
        vocabularies.of(read(fest, "fr"))
    assert sorted(asked) == sorted(FESTS)


def test_what_is_not_known_yet_reads_as_each_fest_says() -> None:
    says = PARIS.model_copy(update={"phrases": {"tba": "soon"}})
    vocabularies = _vocabularies()
    own, others = (vocabularies.of(fest).names["fests"] for fest in (says, ROME))
    assert isinstance(own, list)
    assert isinstance(others, list)
    starts = [
        {str(fest["start"]) for fest in listed if fest.value.start is None}
        for listed in (own, others)
    ]
    assert starts == [{"soon"}, {"to be announced"}]
