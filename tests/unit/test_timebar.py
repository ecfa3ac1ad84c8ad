"""The time bar names every moment of a fest."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of, named_instants
from mkdocs_impldays.pages.timed import instant
from mkdocs_impldays.site import Site, SiteOptions
from mkdocs_impldays.timebar import moments_in, timebar
from tests.fests import EVENT, HEAD, ROOT, fest_of, paris
from tests.states import Calendar, calendars


@pytest.mark.parametrize(
    "calendar", [pytest.param(calendar, id=name) for name, calendar in calendars().items()]
)
def test_every_change_has_a_name(calendar: Calendar) -> None:
    named = named_instants(calendar.fest)
    assert [at for at, _ in named[1:]] == instants_of(calendar.fest)
    assert all(name for _, name in named)


def test_the_moments_of_paris() -> None:
    assert [f"{at:%d.%m. %H:%M} {name}" for at, name in named_instants(paris())] == [
        "17.04. 12:00 Before",
        "18.04. 12:00 RSVP: open",
        "26.05. 00:00 Day 1",
        "27.05. 00:00 Day 2",
        "27.05. 18:00 RSVP: closed",
        "28.05. 00:00 Day 3",
        "28.05. 09:00 impl Days: on now",
        "28.05. 18:00 impl Days: over for the day",
        "29.05. 00:00 Day 4",
        "29.05. 09:00 impl Days: on now",
        "29.05. 18:00 impl Days: over",
        "30.05. 00:00 After",
    ]


def test_a_night_within_another_event_s_day_has_a_name() -> None:
    night = (
        "  night:\n    title: Night\n"
        "    days: [{date: 2018-05-28, opens: '20:00', closes: 2018-05-29 02:00}]\n"
    )
    named = {f"{at:%d %H:%M}": name for at, name in named_instants(fest_of(HEAD + EVENT + night))}
    assert named["28 20:00"] == "Night: on now"
    assert named["29 00:00"] == "impl Days: day 2"
    assert named["29 02:00"] == "Day 2"


def test_there_is_a_button_for_each_moment_and_one_for_now() -> None:
    html = timebar(paris())
    moments = [instant(at) for at, _ in named_instants(paris())]
    assert re.findall('data-now="(.*?)"', html) == ["", *moments]


def test_names_are_text() -> None:
    html = timebar(fest_of(HEAD + EVENT.replace("impl Days", "<b>")))
    assert "&lt;b&gt;: on now" in html


@pytest.mark.parametrize(
    ("status", "start", "is_shown"),
    [
        ("scheduled", "2018-05-02", True),
        ("scheduled", "2018-07-01", False),
        ("cancelled", "2018-05-02", False),
        ("postponed", "2018-05-02", False),
    ],
)
def test_a_contact_or_stream_has_a_moment_only_if_it_is_ever_shown(
    status: str, start: str, *, is_shown: bool
) -> None:
    limited = (
        f"contacts: [{{name: Team, email: team@rustfest.eu, from: {start}}}]\n"
        f"live: [{{stream: 'https://rustfest.eu/live', from: {start} 12:00}}]\n"
    )
    fest = fest_of(f"{HEAD}status: {status}\n{EVENT}{limited}")
    names = {name for _, name in named_instants(fest)} & {"Team", "Live"}
    assert names == ({"Team", "Live"} if is_shown else set())


def test_the_bar_has_the_moments_that_the_page_types_too() -> None:
    until = "2018-05-27T16:00:00Z 2018-06-09T10:00:00Z"
    html = f'<div data-from="2018-05-01T10:00:00Z" data-until="{until}">'
    bar = timebar(paris(), moments_in(html))
    assert bar.count('data-now="2018-05-01T10:00:00Z"') == 1
    assert bar.count('data-now="2018-05-27T16:00:00Z"') == 1  # the fest's own: the RSVP closes
    assert bar.index("2018-05-27T16:00:00Z") < bar.index("2018-06-09T10:00:00Z")
    assert "2018-06-09T10:00:00Z" not in timebar(paris())


def _busy() -> Fest:
    """Return a fest of two days with 40 sessions and 5 side events, each with hours."""
    agenda = "".join(
        f"      - {{at: '{10 + n // 3}:{n % 3 * 20:02}', for: 20 min, what: Talk {n}}}\n"
        for n in range(20)
    )
    talks = (
        "  talks:\n    title: Talks\n    agenda:\n" + agenda + "    days:\n"
        "      - {date: 2027-06-05, opens: '09:00', closes: '18:00'}\n"
        "      - {date: 2027-06-06, opens: '09:00', closes: '18:00'}\n"
    )
    side = "".join(
        f"  side-{n}:\n    title: Side {n}\n    agenda: [{{at: '19:{n}5', what: Games {n}}}]\n"
        f"    days: [{{date: 2027-06-0{5 + n % 2}, opens: '19:{n}0', closes: '23:{n}0'}}]\n"
        for n in range(5)
    )
    rsvp = "rsvp: {event: talks, url: 'https://rustfest.eu/go'}\n"
    return fest_of(f"{HEAD}events:\n{talks}{side}{rsvp}")


def _site(fest: Fest) -> Site:
    options = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])
    moment = datetime(2027, 5, 1, tzinfo=UTC)
    return Site({fest.id: fest}, fest, moment, is_moment_set=False, sources={}, options=options)


def test_the_bar_marks_days_and_not_sessions_or_side_events() -> None:
    fest = _busy()
    macros = _site(fest).context().macros
    page = f"{macros.programme.schedule()}{macros.programme.now_and_next()}"
    bar = timebar(fest, moments_in(page))
    assert page.count("data-from=") > 80
    assert re.findall(r'aria-pressed="false">(.*?)<br>', bar) == [
        "Before",
        "Day 1",
        "Talks: on now",
        "Talks: over for the day",
        "Day 2",
        "Talks: on now",
        "Talks: over",
        "After",
    ]


def test_a_moment_of_a_side_event_that_the_page_types_has_its_name() -> None:
    moment = "2027-06-06T17:10:00Z"
    html = f'<div data-from="{moment}">'
    bar = timebar(_busy(), moments_in(html))
    assert re.findall(f'data-now="{moment}".*?>(.*?)<br>', bar) == ["Side 1: on now"]


def test_the_drawing_marks_days_and_not_sessions_or_side_events() -> None:
    html = str(_site(_busy()).context().partials.text("partials/impldays/drawing.html"))
    assert html.count('class="impldays-day ') == 2
    names = re.findall('<text y="[^>]*>([^<]*)<', html)
    assert names == ["Talks"]
    assert re.findall('aria-label="(.*?)"', html) == [
        "Saturday, June 5th: Talks; Sunday, June 6th: Talks"
    ]


def test_a_name_of_several_things_reads_as_well_as_that_of_one() -> None:
    tickets = (
        "rsvp: {event: impl_days, url: 'https://ti.to/x', title: Tickets, closes: 2018-05-27}\n"
    )
    names = [name for _, name in named_instants(fest_of(HEAD + EVENT + tickets))]
    assert "Tickets: closed" in names
