"""A year of evenings: the next one and how many follow, in place of a long list."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.names.ahead import dates_ahead, day_times, venues_ahead
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.pages.facts import Block, Inline
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.site import Site, SiteOptions
from mkdocs_impldays.words.dates import days_in_words, jekyll_days
from mkdocs_impldays.words.phrases import Words
from tests.fests import HEAD, ROOT, fest_of, rsvp_of
from tests.unit.test_alternatives import shown

MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
OPTIONS = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])
YEAR = [date(2027, month, 7) for month in range(1, 13)]


def meetup(days: list[date] = YEAR, more: str = "") -> Fest:
    listed = ", ".join(f'{{date: {day}, opens: "18:30", closes: "21:30"}}' for day in days)
    event = f"events:\n  meetup: {{title: Meetup, days: [{listed}]{more}}}\n"
    return fest_of(f"{HEAD}language: en-GB\n{event}rsvp: {{event: meetup, url: https://ti.to/a}}\n")


def ahead(fest: Fest, moment: str, style: str = "weekdays") -> str | None:
    """Return what a visitor reads of the dates at a moment."""
    view = View(datetime.fromisoformat(f"{moment}+01:00"))
    words = Words.of(fest.language)
    html = dates_ahead(fest, fest.events["meetup"], style, view=view, words=words)
    return None if html is None else shown(html)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-11-01T12:00", "Thursday 7 January 2027, and 11 more until December 2027"),
        ("2027-01-07T21:29", "Thursday 7 January 2027, and 11 more until December 2027"),
        ("2027-01-07T21:30", "Sunday 7 February 2027, and 10 more until December 2027"),
        ("2027-08-01T12:00", "Saturday 7 August 2027, and 4 more until December 2027"),
        ("2027-10-08T12:00", "Sunday 7 November and Tuesday 7 December 2027"),
        ("2027-12-01T12:00", "Tuesday 7 December 2027"),
        ("2028-01-01T12:00", "7 January – 7 December 2027"),
    ],
)
def test_the_next_evening_is_named_with_how_many_follow(moment: str, text: str) -> None:
    found = ahead(meetup(), moment)
    assert found is not None
    assert found.replace("\u2009", " ") == text


def test_the_last_few_evenings_are_not_listed_if_they_are_at_different_venues() -> None:
    days = ", ".join(
        f"{{date: {day}, venue: {'cellar' if day == YEAR[-1] else 'loft'}}}" for day in YEAR
    )
    venues = "venues: {loft: {name: Loft}, cellar: {name: Cellar}}\n"
    fest = fest_of(
        f"{HEAD}language: en-GB\nevents: {{meetup: {{title: Meetup, days: [{days}]}}}}\n{venues}"
    )
    assert (
        ahead(fest, "2027-10-02T12:00") == "Thursday 7 October 2027, and 2 more until December 2027"
    )
    assert ahead(fest, "2027-11-02T12:00") == "Sunday 7 November and Tuesday 7 December 2027"


def test_a_few_dates_are_all_listed_and_those_of_a_cancelled_year_are_not() -> None:
    dates = "Thursday 7 January, Sunday 7 February, Sunday 7 March and Wednesday 7 April 2027"
    assert ahead(meetup(YEAR[:4]), "2026-11-01T12:00") == dates
    assert ahead(meetup(YEAR, ", status: cancelled"), "2026-11-01T12:00") is None


def test_a_cancelled_evening_is_not_the_next_one() -> None:
    days = ", ".join(
        f"{{date: {day}, status: {'cancelled' if day == YEAR[0] else 'scheduled'}}}" for day in YEAR
    )
    event = f"events:\n  meetup: {{title: Meetup, days: [{days}]}}\n"
    found = ahead(fest_of(f"{HEAD}language: en-GB\n{event}"), "2026-11-01T12:00")
    assert found == "Sunday 7 February 2027, and 10 more until December 2027"


def _places(fest: Fest, moment: str) -> list[tuple[str | None, bool]]:
    view = View(datetime.fromisoformat(f"{moment}+01:00"))
    found = venues_ahead(fest, fest.events["meetup"], view)
    return [(venue.id if venue else None, "hidden" not in times) for venue, times in found]


@pytest.mark.parametrize(
    ("moment", "places"),
    [
        ("2026-11-01T12:00", [("loft", True), ("cellar", False), (None, False)]),
        ("2027-01-07T21:29", [("loft", True), ("cellar", False), (None, False)]),
        ("2027-01-07T21:30", [("cellar", True), ("loft", False), (None, False)]),
        ("2027-02-08T12:00", [("loft", True), (None, False)]),
        ("2027-11-08T12:00", [(None, True), ("loft", False)]),
        ("2027-12-08T12:00", [("loft", True)]),
    ],
)
def test_the_venue_is_that_of_the_next_evening(
    moment: str, places: list[tuple[str | None, bool]]
) -> None:
    venues = {1: "cellar", 11: "tba"}
    days = ", ".join(
        f'{{date: {day}, opens: "18:30", closes: "21:30"'
        + (f", venue: {venues[number]}}}" if number in venues else "}")
        for number, day in enumerate(YEAR)
    )
    event = f"events:\n  meetup: {{title: Meetup, venue: loft, days: [{days}]}}\n"
    houses = "venues: {loft: {name: Loft}, cellar: {name: Cellar}}\n"
    assert _places(fest_of(f"{HEAD}{event}{houses}"), moment) == places


def test_a_page_shows_the_venue_of_the_next_evening() -> None:
    days = ", ".join(
        f"{{date: {day}, venue: {'cellar' if day == YEAR[1] else 'loft'}}}" for day in YEAR
    )
    text = f"""\
{HEAD}events: {{meetup: {{title: Meetup, days: [{days}]}}}}
venues: {{loft: {{name: The loft}}, cellar: {{name: The cellar}}}}
"""
    fest = fest_of(text)
    for moment, name in [(YEAR[0], "The loft"), (YEAR[1], "The cellar"), (YEAR[2], "The loft")]:
        at_noon = datetime(moment.year, moment.month, moment.day, 12, tzinfo=fest.timezone)
        site = Site(
            {fest.id: fest}, fest, at_noon, is_moment_set=False, sources={}, options=OPTIONS
        )
        seen = shown(site.context().macros.venue())
        assert [each for each in ("The loft", "The cellar") if each in seen] == [name]


@pytest.mark.parametrize(
    ("day", "places", "listed"),
    [(6, ["Venue to be announced"], ["Venue to be announced"]), (8, [], [])],
)
def test_a_venue_is_to_be_announced_until_all_is_over(
    day: int, places: list[str], listed: list[str]
) -> None:
    event = "events: {talks: {title: Talks, venue: tba, days: [2027-01-07]}}\n"
    fest = fest_of(f"{HEAD}{event}")
    at_noon = datetime(2027, 1, day, 12, tzinfo=UTC)
    site = Site({fest.id: fest}, fest, at_noon, is_moment_set=False, sources={}, options=OPTIONS)
    context = site.context()
    found = context.template_names["venues_ahead"]
    assert callable(found)
    assert [str(text) for text, _ in found(context.facts["events"]["talks"])] == places
    assert (
        re.findall("Venue to be announced", str(context.macros.by_name()["schedule"]())) == listed
    )


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ("tba", "Dates to be announced"),
        ("tba, status: cancelled", None),
        ("2027-06", None),
        ("2027-06-07", "Monday 7 June 2027"),
    ],
)
def test_days_are_to_be_announced_while_none_is_known(days: str, text: str | None) -> None:
    event = f"events:\n  meetup: {{title: Meetup, days: {days}}}\n"
    assert ahead(fest_of(f"{HEAD}language: en-GB\n{event}"), "2026-11-01T12:00") == text


def test_an_event_of_few_dates_has_its_own_venue_at_all_times() -> None:
    event = "events: {meetup: {title: Meetup, venue: loft, days: [2027-01-07, 2027-01-08]}}\n"
    fest = fest_of(f"{HEAD}{event}venues: {{loft: {{name: Loft}}}}\n")
    assert venues_ahead(fest, fest.events["meetup"], View(MOMENT)) == [(fest.venues["loft"], "")]


DAYS = """\
    days:
      - {date: 2027-01-07, closes: "18:00"}
      - {date: 2027-01-08, closes: "18:00", venue: [cellar, roof]}
      - {date: 2027-01-09, closes: "18:00", venue: barn}
      - {date: 2027-01-10, closes: "18:00", venue: tba}
"""
"""A few days, each at another venue."""


@pytest.mark.parametrize(
    ("moment", "next_venue", "listed"),
    [
        ("2026-11-01T12:00", "loft", ["Loft", "Cellar", "Roof"]),
        ("2027-01-07T17:59", "loft", ["Loft", "Cellar", "Roof"]),
        ("2027-01-07T18:00", "cellar", ["Cellar", "Roof"]),
        ("2027-01-08T18:00", "barn", ["to be announced"]),
        ("2027-01-09T18:00", None, ["Venue to be announced"]),
        ("2027-01-10T18:00", "loft", ["Loft"]),
    ],
)
def test_the_venues_of_a_few_days_are_shown_until_they_are_over(
    moment: str, next_venue: str | None, listed: list[str]
) -> None:
    event = f"events:\n  meetup:\n    title: Meetup\n    venue: loft\n{DAYS}"
    named = "loft: {name: Loft}, cellar: {name: Cellar}, roof: {name: Roof}"
    fest = fest_of(f"{HEAD}{event}venues: {{{named}, barn: {{name: tba}}}}\n")
    assert _places(fest, moment)[0] == (next_venue, True)
    at_moment = datetime.fromisoformat(f"{moment}+01:00")
    site = Site({fest.id: fest}, fest, at_moment, is_moment_set=False, sources={}, options=OPTIONS)
    seen = shown(site.context().macros.venue())
    assert re.findall("Loft|Cellar|Roof|(?:Venue )?to be announced", seen) == listed


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("attendance: online, days: [2027-01-07]", Inline),
        ("venue: tba, days: [2027-01-07]", Block),
        ("venue: loft, days: [2027-01-07, {date: 2027-01-08, venue: tba}]", Block),
    ],
)
def test_no_page_reads_a_phrase_in_place_of_a_venue_as_markdown(
    event: str, kind: type[Markup]
) -> None:
    phrases = 'phrases: {place.online: "*Online*\\n\\n# A", place.tba: "*Soon*\\n\\n# A"}\n'
    fest = fest_of(
        f"{HEAD}{phrases}events: {{talks: {{title: Talks, {event}}}}}\n"
        "venues: {loft: {name: Loft}}\n"
    )
    site = Site({fest.id: fest}, fest, MOMENT, is_moment_set=False, sources={}, options=OPTIONS)
    assert isinstance(site.context().macros.venue(), kind)


@pytest.mark.parametrize("partial", ["hero", "band"])
def test_the_text_of_a_venue_is_escaped_in_templates_that_do_not_escape(partial: str) -> None:
    venue = 'venues: {loft: {name: "<b>Loft", street: "<i>1"}}\n'
    event = "events: {meetup: {title: Meetup, venue: loft, days: [2027-01-07]}}\n"
    fest = fest_of(f"{HEAD}{event}{venue}")
    site = Site({fest.id: fest}, fest, MOMENT, is_moment_set=False, sources={}, options=OPTIONS)
    environment = Environment(loader=FileSystemLoader(OPTIONS.template_folders))
    environment.filters["url"] = str
    template = environment.get_template(f"partials/impldays/{partial}.html")
    html = template.render(site.context().template_names)
    assert "&lt;b&gt;Loft" in html
    assert "<b>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-GB", "7 January – 7 December 2027"),
        ("de", "7. Januar – 7. Dezember 2027"),
        ("es", "7 de enero – 7 de diciembre de 2027"),
        ("ja", "2027年1月7日～12月7日"),
    ],
)
def test_dates_in_many_months_are_a_range(locale: str, text: str) -> None:
    for style in ("long", "weekdays"):
        assert days_in_words(YEAR, style, locale=locale).replace("\u2009", " ") == text
    assert "2027" not in jekyll_days(YEAR, locale=locale)


def test_variables_have_the_range_and_all_dates_by_asking_for_them() -> None:
    names = variables_of(meetup())
    assert str(names["site"]["dates"]["meetup_no_br"]) == "7th January\u2009–\u20097th December"  # type: ignore[index]
    assert days_in_words(YEAR, "and", locale="en-GB").count("7 ") == len(YEAR)


@pytest.mark.parametrize("language", ["ca", "de", "en", "es", "fr", "it", "nl"])
def test_each_language_has_the_phrase(language: str) -> None:
    text = Words.of(language).phrase("date.more", date="D", count=7, month="M")
    assert "D" in text
    assert "7" in text
    assert text.endswith(("M", "M)"))


@pytest.mark.parametrize("number", range(len(YEAR)))
def test_one_day_is_the_next_one_at_each_moment(number: int) -> None:
    fest = meetup()
    days = fest.events["meetup"].known_days
    for moment in (days[number].start, days[number].end - timedelta(seconds=1)):
        found = day_times(fest, View(moment))
        nexts = {key: times["next"] for key, times in found.items()}
        on = [
            key for key, times in nexts.items() if times is not None and "hidden" not in str(times)
        ]
        assert on == [str(YEAR[number])]
    over = day_times(fest, View(days[-1].end + timedelta(days=9)))
    assert [key for key, times in over.items() if times["next"] is not None] == [str(YEAR[-1])]


@pytest.mark.parametrize(
    ("days", "moment", "state"),
    [
        (YEAR, "2027-05-20T12:00", CallState.OPEN),
        (YEAR, "2027-12-07T18:29", CallState.OPEN),
        (YEAR, "2027-12-07T18:30", CallState.NOW),
        ([date(2027, 6, 5), date(2027, 6, 19)], "2027-06-12T12:00", CallState.NEXT),
        ([*YEAR, date(2027, 12, 8)], "2027-05-20T12:00", CallState.NEXT),
    ],
)
def test_people_sign_up_until_the_last_of_evenings_that_are_weeks_apart(
    days: list[date], moment: str, state: CallState
) -> None:
    fest = meetup(days)
    at_moment = datetime.fromisoformat(moment).replace(tzinfo=fest.timezone)
    assert at(call_states(fest, rsvp_of(fest)), at_moment) is state


def test_each_date_of_an_event_over_two_nights_comes_next_after_the_one_before() -> None:
    days = "[{date: 2027-06-04, opens: '18:00', closes: '2027-06-06 14:00'}]"
    fest = fest_of(f"{HEAD}events: {{hack: {{title: Hackathon, days: {days}}}}}\n")
    found = day_times(fest, View(datetime.fromisoformat("2027-06-05T12:00+01:00")))
    assert found["2027-06-04"]["next"] is None
    assert found["2027-06-05"]["next"] == ' data-until="2027-06-05T22:00:00Z"'
    assert "hidden" in str(found["2027-06-06"]["next"])
