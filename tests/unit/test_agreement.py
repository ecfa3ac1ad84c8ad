"""What pages, script, calendar and search engines say of one fest at one moment is the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import html5lib
import icalendar
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.current import Group, groups_of
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import Phase, at, is_over, phases_of, tenses_of
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.names.macros import limited_lines, takes_place, tense
from mkdocs_impldays.output.calendar_links import calendar_links
from mkdocs_impldays.output.export import fest_json
from mkdocs_impldays.output.ics import Calendars
from mkdocs_impldays.output.jsonld import event_node, fest_node
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.site import Site, SiteOptions
from mkdocs_impldays.words.dates import month_in_words
from mkdocs_impldays.words.phrases import Words

ZONES = ["Europe/Paris", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "UTC"]
"""Among them zones whose clocks skip midnight, or half an hour."""
FIRST_DAYS = [date(2027, 3, 26), date(2027, 4, 29), date(2027, 9, 3), date(2027, 10, 30)]
"""Days just before the clocks of one of these zones change."""
HOURS: list[dict[str, str]] = [
    {},
    {"opens": "09:00"},
    {"closes": "18:00"},
    {"opens": "09:00", "closes": "18:00"},
    {"opens": "22:00", "closes": "next 04:00"},
    {"opens": "20:00", "closes": "next 08:30"},
    {"opens": "18:00", "closes": "after 06:00"},
]
STATUSES = [*[None] * 8, "scheduled", "cancelled", "postponed", "moved-online"]
WORDS = Words.of("en")
HOUR = timedelta(hours=1)


@st.composite
def days(draw: st.DrawFn, first: date) -> list[dict[str, Any]]:
    """Draw the days of an event in order, each with hours or without, some cancelled or late."""
    found: list[dict[str, Any]] = []
    on = first + timedelta(days=draw(st.integers(0, 3)))
    for _ in range(draw(st.integers(1, 3))):
        hours = dict(draw(st.sampled_from(HOURS)))
        if "next" in hours.get("closes", ""):
            hours["closes"] = hours["closes"].replace("next", str(on + timedelta(days=1)))
        if "after" in hours.get("closes", ""):
            hours["closes"] = hours["closes"].replace("after", str(on + timedelta(days=2)))
        extra: dict[str, Any] = draw(
            st.sampled_from([{}, {}, {}, {"delay": "45"}, {"status": "cancelled"}])
        )
        found.append({"date": str(on), **hours, **extra})
        nights = 2 if hours.get("closes", "").startswith(str(on + timedelta(days=2))) else 1
        on += timedelta(days=max(nights, draw(st.sampled_from([1, 1, 2, 14]))))
    return found


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what takes place in an event: nothing that is known, or sessions in rooms and tracks."""
    if not draw(st.booleans()):
        return {}
    lines: list[dict[str, Any]] = [
        {"at": "10:00", "what": "Errors", "room": "big", "track": "tools", "speakers": ["ada"]},
        {"at": "10:00", "until": "10:45", "what": "Names", "room": "small", "speakers": ["eve"]},
        {"at": "14:00", "what": "Off", "status": "cancelled"},
        {"at": "23:30", "what": "Late"},
    ]
    return {"venue": "house", "agenda": draw(st.lists(st.sampled_from(lines), max_size=4))}


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """Draw who makes a fest possible, and where it is found."""
    links = [{"title": "Mastodon", "url": "https://rustfest.global/@a"}]
    sponsors = [{"name": "Acme", "level": "Gold"}, {"name": "Initech", "logo": "img/initech.svg"}]
    every = {
        "venues": {
            "house": {"name": "House", "rooms": {"big": {"name": "Big"}, "small": {"name": "S"}}}
        },
        "tracks": {"tools": {"name": "Tools"}},
        "speakers": {"ada": {"name": "Ada", "links": links}, "eve": {"name": "Eve"}},
    }
    more = {
        "sponsors": draw(st.lists(st.sampled_from(sponsors), max_size=3)),
        "team": draw(st.sampled_from([[], [{"name": "Ada", "role": "Programme", "links": links}]])),
        "links": draw(st.sampled_from([[], links])),
        "pages": draw(st.sampled_from([None, {"imprint": "/imprint/"}])),
    }
    return {**every, **more}


@st.composite
def fests(draw: st.DrawFn) -> Fest:
    """Draw a fest file and read it; JSON is YAML too."""
    first = draw(st.sampled_from(FIRST_DAYS))
    events: dict[str, dict[str, Any]] = {}
    for name in draw(st.sampled_from([("a",), ("a", "b")])):
        turn = {"status": draw(st.sampled_from(STATUSES))}
        turn["new_start"] = draw(st.sampled_from([None, None, None, str(first + 30 * 24 * HOUR)]))
        turn["attendance"] = draw(st.sampled_from([None, None, "on-site", "online", "hybrid"]))
        events[name] = {"title": name, "days": draw(days(first)), **turn, **draw(plans())}
    if month := draw(st.sampled_from([None, None, "2027-06", "2027-03", "tba"])):
        events["m"] = {"title": "m", "days": month, "status": draw(st.sampled_from(STATUSES))}
    rsvp = {
        "event": "a",
        "url": "https://ti.to/a-fest",
        "opens": draw(st.sampled_from([None, str(first - 48 * HOUR), str(first + 48 * HOUR)])),
        "closes": draw(
            st.sampled_from([None, str(first + 72 * HOUR), f"{first + 96 * HOUR} 12:00"])
        ),
    }
    contact = {"name": "Help", "email": "help@rustfest.eu", "from": str(first + 24 * HOUR)}
    data = {
        "name": "A Fest",
        "city": "Paris",
        "country": "FR",
        "timezone": draw(st.sampled_from(ZONES)),
        "status": draw(st.sampled_from(STATUSES)),
        "attendance": draw(st.sampled_from([None, None, "online", "hybrid"])),
        "join": draw(st.sampled_from([None, None, {"url": "https://rustfest.eu/join"}])),
        "events": {name: without_none(event) for name, event in events.items()},
        "rsvp": without_none(rsvp),
        "contacts": [contact],
        "live": [{"stream": "https://rustfest.eu/live", "from": str(first)}],
        **draw(people()),
    }
    raw = json.dumps(without_none(data)).encode()
    fest, _ = load_fest(raw, path="f.yml", fest_id="f")
    assume(fest is not None)
    assert fest is not None
    return fest


def without_none(group: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in group.items() if value is not None}


@st.composite
def moments(draw: st.DrawFn, fest: Fest) -> datetime:
    """Draw a moment at, shortly before or shortly after something changes."""
    changes = [moment.astimezone(UTC) for moment in instants_of(fest)]
    near = draw(st.sampled_from(changes)) if changes else datetime(2027, 4, 1, tzinfo=UTC)
    away = draw(st.sampled_from([timedelta(), -timedelta(seconds=1), HOUR, -HOUR, 9 * HOUR]))
    return near + away


def every_moment(fest: Fest) -> list[datetime]:
    """Return each moment at which something changes, and the second before it."""
    changes = [moment.astimezone(UTC) for moment in instants_of(fest)]
    return [moment - ago for moment in changes for ago in (timedelta(seconds=1), timedelta())]


def page(fest: Fest, view: View) -> str:
    """Write what follows time on a page of a fest."""
    assert fest.rsvp
    parts: list[str] = [call_button(fest, fest.rsvp, view=view, words=WORDS)]
    for event in (None, *fest.events.values()):
        parts.append(takes_place(fest, view=view, words=WORDS, event=event))
        parts.append(tense(fest, ["will", "is", "was"], view=view, event=event))
    limited = limited_lines([*fest.contacts, *fest.live], fest, view=view, words=WORDS)
    parts += [f"<p{line['shown']}>{line}</p>" for line in limited]
    return "<div class='impldays'>" + "<br>".join(parts) + "</div>"


def seen(html: str, moment: datetime | None = None) -> str:
    """Return the text that a visitor sees: as built, or as the script shows it at a moment."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for parent in tree.iter():
        for child in list(parent):
            is_timed = "data-from" in child.attrib or "data-until" in child.attrib
            is_shown = "hidden" not in child.attrib
            if moment and is_timed:
                is_shown = holds(child.get("data-from"), child.get("data-until"), moment)
            if not is_shown or child.tag == "noscript":
                parent.remove(child)
    return re.sub(r"\s+", " ", "".join(tree.itertext()))


def holds(starts: str | None, ends: str | None, moment: datetime) -> bool:
    """Answer as `holds` in impldays.js does."""
    first, last = (
        [datetime.fromisoformat(each) for each in (texts or "").split()] for texts in (starts, ends)
    )
    far = datetime.max.replace(tzinfo=UTC)
    at_first = (last or [far])[0] < (first or [far])[0]
    return sum(each <= moment for each in first) + at_first > sum(each <= moment for each in last)


@given(st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_a_page_shows_later_what_it_would_show_if_it_were_built_then(data: st.DataObject) -> None:
    fest = data.draw(fests())
    built, visited = sorted(data.draw(st.tuples(moments(fest), moments(fest))))
    later = page(fest, View(visited))
    assert seen(page(fest, View(built)), visited) == seen(later) == seen(later, visited)
    preview = page(fest, View(built, is_preview=True))
    assert seen(preview, visited) == seen(later)


def entries(fest: Fest, event: Event) -> list[Any]:
    """Return the entries of the event's calendar, as a calendar reads them."""
    made = Calendars(site_url=None, stamps={"f": datetime(2027, 1, 1, tzinfo=UTC)})
    return list(icalendar.Calendar.from_ical(made.of_event(fest, event)).events)


def bounds(entry: Any, fest: Fest) -> tuple[datetime, datetime]:
    """Return from when until when an entry lasts; without an end, until the day is over."""
    start = entry.decoded("DTSTART")
    on = start.date() if isinstance(start, datetime) else start
    end = entry.decoded("DTEND") if "DTEND" in entry else on + timedelta(days=1)
    first, last = (
        each if isinstance(each, datetime) else on_clock(each, time(), fest.timezone, lenient=True)
        for each in (start, end)
    )
    return first, last


def is_within(entries: list[Any], moment: datetime, fest: Fest) -> bool:
    spans = [bounds(entry, fest) for entry in entries]
    return any(start.astimezone(UTC) <= moment < end.astimezone(UTC) for start, end in spans)


def has_exact_hours(event: Event) -> bool:
    """Return whether a calendar can have each of its ends: none without a beginning."""
    return all(day.closing is None or day.opening for day in event.known_days)


@given(fests())
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_a_calendar_has_an_event_on_when_pages_do(fest: Fest) -> None:
    for event in fest.events.values():
        found = entries(fest, event)
        if not event.known_days:
            assert found == []
            assert not calendar_links(fest, event, site_url=None)
            continue
        held = [entry for entry in found if entry["STATUS"] == "CONFIRMED"]
        assert bool(held) == fest.is_held(event) == bool(calendar_links(fest, event, site_url=None))
        for moment in every_moment(fest):
            is_on = at(tenses_of(fest, event), moment) == "present"
            assert is_within(held, moment, fest) or not is_on
            if has_exact_hours(event):
                assert is_within(held, moment, fest) == is_on
            standing = at(phases_of(fest, event), moment)
            assert standing.phase is Phase.TODAY or not is_on
            assert standing.date is None or standing.date in event.dates


@given(fests())
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_search_engines_read_what_pages_say(fest: Fest) -> None:
    offers = {CallState.SOON, CallState.OPEN, CallState.WAITLIST, CallState.FULL}
    states = call_states(fest, fest.rsvp)
    for event in fest.events.values():
        if not event.known_days:
            continue
        for moment in every_moment(fest):
            node = event_node(fest, event, site_url="https://rustfest.eu/", moment=moment)
            assert node is not None
            on_offer = [part for part in (node, *node.get("subEvent", [])) if "offers" in part]
            assert bool(on_offer) == (event.id == "a" and at(states, moment) in offers)
        node = event_node(fest, event, site_url=None, moment=datetime(2027, 1, 1, tzinfo=UTC))
        assert node is not None
        status = json.dumps(node["eventStatus"])
        assert ("EventCancelled" in status) == (fest.status_of(event) == "cancelled")
        assert ("EventPostponed" in status) == (fest.status_of(event) == "postponed")
        assert event.start is not None
        start = str(node["startDate"])
        assert start[:10] == str(event.start.date())
        assert start[:10] <= str(node.get("endDate", start))[:10]


@given(fests())
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_states_of_a_fest_fit_together(fest: Fest) -> None:
    event, states = fest.events["a"], call_states(fest, fest.rsvp)
    meant = {CallState.NOW: "present", CallState.NEXT: "future", CallState.PAST: "past"}
    for moment in every_moment(fest):
        tense_now, group = at(tenses_of(fest), moment), at(groups_of(fest), moment)
        state = at(states, moment)
        assert is_over(fest, moment) == (tense_now == "past")
        assert list(unfit(fest, tense_now, group)) == []
        assert (state is CallState.CANCELLED) == (fest.status_of(event) == "cancelled")
        assert (state is CallState.POSTPONED) == (fest.status_of(event) == "postponed")
        assert at(tenses_of(fest, event), moment) == meant.get(
            state, at(tenses_of(fest, event), moment)
        )


def unfit(fest: Fest, tense_now: str, group: Group) -> Iterator[str]:
    """Say which states of a fest cannot be true together."""
    if not fest.is_held() and (tense_now == "present" or group is Group.CURRENT):
        yield "not held, but on"
    if tense_now == "present" and group is not Group.CURRENT:
        yield "on, but not current"
    if group is Group.PAST and tense_now != "past":
        yield "past, but not over"
    if fest.awaits_days() and (tense_now != "future" or group is not Group.UPCOMING):
        yield "without days, but not to come"


PAGE = """\
{{ schedule() }} {{ sponsors() }} {{ team() }} {{ links() }} {{ venue("house") }}
{{ fests_list() }} {{ deadlines() }} {{ calls() }} {{ notice() }} {{ updates() }}
{{ now_and_next() }} {{ schedule_filter() }} {{ schedule(agenda=false, days="next") }}
{{ rsvp_button() }} {{ fest.dates }} {{ fest.start }} {{ fest.end }}
"""


@given(st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_a_page_has_all_that_the_fest_file_has(data: st.DataObject) -> None:
    fest = data.draw(fests())
    moment = data.draw(moments(fest))
    options = SiteOptions(template_folders=[str(files("mkdocs_impldays") / "theme")])
    site = Site({fest.id: fest}, fest, moment, True, {}, options)
    renderer = site.context().renderer
    rendered, problems = renderer.render(PAGE, path="p.md", first_line=1, page={})
    assert problems == []
    html = renderer.stash.restored(rendered, lambda html: html)
    for day in fest.known_days:
        assert f'datetime="{day.date}"' in html
    names = [*(each.name for each in fest.sponsors), *(each.name for each in fest.team)]
    assert [name for name in names if name not in html] == []
    for event in fest.events.values():
        assert f">{event.title}<" in html or fest.status_of(event) == "cancelled"
        if event.month and fest.awaits_days(event):
            assert month_in_words(event.month, locale=fest.language) in html
    node = fest_node(fest, site_url="https://rustfest.eu/", moment=moment)
    assert node is None or node.get("sameAs", []) == [link.url for link in fest.links]
    exported = json.loads(fest_json(fest, site_url=None))
    assert [each["name"] for each in exported["sponsors"]] == [each.name for each in fest.sponsors]
