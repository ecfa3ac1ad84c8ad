import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.names.fests import latest_first
from mkdocs_impldays.site import Site, SiteOptions
from tests.fests import HEAD, ROOT, fest_of
from tests.judges.samples import FESTS

PARIS, ROME = FESTS["paris-2018"], FESTS["rome-2018"]


def _site(**fests: Fest) -> Site:
    options = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])
    return Site(
        {**FESTS, **{fest.id: fest for fest in fests.values()}},
        PARIS,
        datetime(2018, 5, 1, tzinfo=UTC),
        is_moment_set=False,
        sources={},
        options=options,
    )


def test_pages_of_all_fests_see_the_same_facts_of_each() -> None:
    site = _site()
    paris, rome = site.context(PARIS.id).names, site.context(ROME.id).names
    assert paris["fest"] is not rome["fest"]
    for listed in (paris["fests"], rome["fests"]):
        assert isinstance(listed, list)
        assert len(listed) == len(FESTS)
        assert {id(paris["fest"]), id(rome["fest"])} < set(map(id, listed))


def test_every_fest_is_translated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    translate = Fest.in_language

    def in_language(fest: Fest, language: str) -> Fest:
        asked.append(fest.id)
        return translate(fest, language)

    monkeypatch.setattr(Fest, "in_language", in_language)
    site = _site()
    for fest in (PARIS, ROME):
        assert len(site.context(fest.id, "fr").fests) == len(FESTS)
    assert sorted(asked) == sorted(FESTS)


def test_the_fests_are_sorted_once_for_the_pages_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    sorted_times: list[int] = []

    def counted(fests: Iterable[Fest]) -> list[Fest]:
        sorted_times.append(1)
        return latest_first(fests)

    monkeypatch.setattr("mkdocs_impldays.site.latest_first", counted)
    site = _site()
    found = [list(site.context(fest.id).fests) for fest in (PARIS, ROME)]
    assert found == 2 * [[fest.id for fest in latest_first(FESTS.values())]]
    assert len(sorted_times) == 1


def test_what_is_not_known_yet_reads_as_each_fest_says() -> None:
    lisbon = next(fest for fest in FESTS.values() if fest.start is None)
    says = lisbon.model_copy(update={"phrases": {"tba": "soon"}})
    start = {
        fest_id: str(_site(says=says).context(fest_id, lisbon.language).fests[lisbon.id]["start"])
        for fest_id in (lisbon.id, PARIS.id)
    }
    assert start == {lisbon.id: "soon", PARIS.id: "soon"}


def test_a_site_without_a_current_fest_has_no_context() -> None:
    site = Site({}, None, datetime(2018, 5, 1, tzinfo=UTC), is_moment_set=False, sources={})
    with pytest.raises(LookupError):
        site.context()


@pytest.mark.parametrize(
    ("language", "kinds"), [("de", ["Pause", "Clinic"]), ("nl", ["pauze", "Clinic"])]
)
def test_a_kind_of_session_is_named_in_the_language_of_the_page(
    language: str, kinds: list[str]
) -> None:
    agenda = "[{at: '10:00', what: A, kind: break}, {at: '11:00', what: B, kind: Clinic}]"
    event = f"events: {{talks: {{title: Talks, days: [2027-06-05], agenda: {agenda}}}}}\n"
    fest = fest_of(f"{HEAD}language: {language}\n{event}")
    schedule = str(_site(**{fest.id: fest}).context(fest.id).macros.by_name()["schedule"]())
    assert re.findall(r'"impldays-plan__about">(.*?)</span>', schedule) == kinds


@pytest.mark.parametrize("days", ["tba", "[2020-06-05]"])
def test_a_page_of_an_edition_before_names_the_year_of_the_one_it_leads_to(days: str) -> None:
    head = HEAD.replace("RustFest Paris", PARIS.name)
    event = f"events: {{talks: {{title: Talks, days: {days}}}}}\n"
    later, _ = load_fest((head + event).encode(), path="p.yml", fest_id="paris-2020")
    assert later is not None
    site = replace(_site(**{"paris-2020": later}), current=later)
    assert f">Go to {PARIS.name} 2020</a>" in str(site.context(PARIS.id).banner)
