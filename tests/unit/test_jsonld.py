import json
from datetime import UTC, datetime
from typing import Any

import pytest

from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.output.jsonld import event_node, fest_node, script
from tests.fests import fest_of
from tests.judges.samples import FESTS, SITE

SCHEMA = "https://schema.org/"
OPEN = datetime(2018, 5, 1, tzinfo=UTC)
HEAD = "name: RustFest\ncity: Paris\ncountry: FR\ntimezone: Europe/Paris\n"
EVENT = "events: {e: {title: E, days: [{date: 2018-05-28, opens: '09:00', closes: '18:00'}]}}\n"
RSVP = "rsvp: {event: e, url: https://ti.to/e, opens: 2018-04-18 12:00, closes: 2018-05-27 18:00"


def _fest(text: str) -> Fest:
    fest, problems = load_fest((HEAD + text).encode(), path="f.yml", fest_id="some-2018")
    assert fest is not None, problems
    return fest


def _event(
    fest: Fest, name: str = "e", *, moment: datetime = OPEN, site_url: str | None = SITE
) -> dict[str, Any]:
    node = event_node(fest, fest.events[name], site_url=site_url, moment=moment, image="card.png")
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("moment", "availability"),
    [
        ("2018-04-01T00:00", "PreOrder"),
        ("2018-04-18T12:00", "InStock"),
        ("2018-05-27T17:59", "InStock"),
        ("2018-05-27T18:00", None),
        ("2018-05-28T12:00", None),
        ("2019-01-01T00:00", None),
    ],
)
def test_the_offer_follows_the_clock(moment: str, availability: str | None) -> None:
    fest = _fest(EVENT + RSVP + "}")
    offer = _event(fest, moment=datetime.fromisoformat(f"{moment}+02:00")).get("offers")
    assert (offer and offer["availability"]) == (availability and SCHEMA + availability)


def test_an_offer_says_where_from_when_and_until_when_and_no_price() -> None:
    assert _event(_fest(EVENT + RSVP + "}"))["offers"] == {
        "@type": "Offer",
        "url": "https://ti.to/e",
        "availability": f"{SCHEMA}InStock",
        "validFrom": "2018-04-18T12:00:00+02:00",
        "validThrough": "2018-05-27T18:00:00+02:00",
    }


def test_a_price_that_is_known_is_an_amount_and_a_currency() -> None:
    offer = _event(_fest(EVENT + RSVP + ", price: 120.50 EUR}"))["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("120.50", "EUR")


def test_who_speaks_is_named() -> None:
    event = EVENT.replace("title: E", 'title: E, performers: [Ann, "Bo <b>"]')
    people = _event(_fest(event))["performer"]
    assert people == [{"@type": "Person", "name": name} for name in ("Ann", "Bo <b>")]
    assert "performer" not in _event(_fest(EVENT))


def test_a_waiting_list_is_sold_out_at_its_own_address() -> None:
    rsvp = f"{RSVP}, availability: waitlist, waitlist_url: https://ti.to/w}}"
    offer = _event(_fest(EVENT + rsvp))["offers"]
    assert (offer["url"], offer["availability"]) == ("https://ti.to/w", f"{SCHEMA}SoldOut")


@pytest.mark.parametrize(
    "rsvp", ["rsvp: {event: e, url: tba}", "rsvp: {event: e, url: mailto:a@b.eu}"]
)
def test_there_is_no_offer_where_a_search_engine_finds_none(rsvp: str) -> None:
    assert "offers" not in _event(_fest(EVENT + rsvp))
    assert "offers" in _event(_fest(f"{EVENT}{RSVP}}}"))


def test_only_the_event_that_people_sign_up_for_has_an_offer() -> None:
    paris = FESTS["paris-2018"]
    assert "offers" in _event(paris, "impl_days")
    assert "offers" not in _event(paris, "talks")


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_does_not_take_place_keeps_its_dates_and_offers_nothing(status: str) -> None:
    node = _event(_fest(f"status: {status}\n{EVENT}{RSVP}}}"))
    assert node["eventStatus"] == f"{SCHEMA}Event{status.title()}"
    assert node["startDate"] == "2018-05-28T09:00:00+02:00"
    assert "offers" not in node


def test_a_moved_event_tells_its_first_day_as_it_was_before() -> None:
    changes = "changes: [{date: 2018-01-01, what: Later., previous_start: 2018-03-03}]\n"
    node = _event(_fest(f"status: rescheduled\n{changes}{EVENT}"))
    assert node["eventStatus"] == f"{SCHEMA}EventRescheduled"
    assert node["previousStartDate"] == "2018-03-03"
    assert "previousStartDate" not in _event(_fest(changes + EVENT))


def test_each_day_of_a_moved_event_tells_itself_as_it_was_before() -> None:
    days = "new_start: 2018-07-02, days: [2018-05-28, 2018-05-29]"
    node = _event(_fest(f"events: {{e: {{title: E, {days}}}}}\n"))
    told = [(part["startDate"], part["previousStartDate"]) for part in node["subEvent"]]
    assert told == [("2018-07-02", "2018-05-28"), ("2018-07-03", "2018-05-29")]


def test_an_event_that_moved_online_is_at_its_page_and_no_place() -> None:
    node = _event(FESTS["netherlands-2020"], "conference")
    assert node["location"] == {"@type": "VirtualLocation", "url": "https://rustfest.global/"}
    assert node["eventAttendanceMode"] == f"{SCHEMA}OnlineEventAttendanceMode"
    assert node["eventStatus"] == [f"{SCHEMA}EventRescheduled", f"{SCHEMA}EventMovedOnline"]
    assert node["previousStartDate"] == "2020-06-06"
    assert {part["location"]["@type"] for part in node["subEvent"]} == {"VirtualLocation"}


def test_each_day_in_each_place_is_an_event_of_its_own() -> None:
    node = _event(FESTS["paris-2018"], "impl_days")
    parts = [(part["startDate"], part["location"]["name"]) for part in node["subEvent"]]
    assert parts == [
        ("2018-05-28T09:00:00+02:00", "Mozilla Paris"),
        ("2018-05-28T09:00:00+02:00", "Formeret Espace Cléry"),
        ("2018-05-29T09:00:00+02:00", "Mozilla Paris"),
        ("2018-05-29T09:00:00+02:00", "Formeret Espace Cléry"),
    ]
    assert node["superEvent"]["name"] == "RustFest Paris"
    assert node["superEvent"]["location"]["address"]["addressLocality"] == "Paris"


def test_one_day_in_one_place_has_no_parts_and_a_lone_event_no_fest_above() -> None:
    assert not {"subEvent", "superEvent"} & set(_event(_fest(EVENT)))
    assert {"subEvent", "superEvent"} <= set(_event(FESTS["paris-2018"], "impl_days"))


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        ("2018-05-28", "2018-05-28", "2018-05-28"),
        (
            "{date: 2018-05-28, opens: tba, closes: '18:00'}",
            "2018-05-28",
            "2018-05-28T18:00:00+02:00",
        ),
        (
            "{date: 2018-01-28, opens: '00:00', closes: '01:00'}",
            "2018-01-28T00:00:00+01:00",
            "2018-01-28T01:00:00+01:00",
        ),
        (
            "{date: 2018-05-28, opens: '22:00', closes: 2018-05-29 03:00}",
            "2018-05-28T22:00:00+02:00",
            "2018-05-29T03:00:00+02:00",
        ),
    ],
)
def test_a_time_has_its_offset_and_an_hour_that_is_not_known_is_not_made_up(
    day: str, start: str, end: str
) -> None:
    node = _event(_fest(f"events: {{e: {{title: E, days: [{day}]}}}}"))
    assert (node["startDate"], node.get("endDate")) == (start, end)


def test_offsets_differ_within_a_fest_when_the_clocks_change() -> None:
    node = _event(FESTS["hostile-2019"], "impl_days")
    assert node["startDate"].endswith("+01:00")
    assert node["endDate"].endswith("+02:00")


def test_a_venue_that_is_not_known_yet_is_the_town() -> None:
    node = _event(_fest("events: {e: {title: E, days: [2018-05-28], venue: tba}}"))
    assert node["location"] == {
        "@type": "Place",
        "name": "Paris",
        "address": {"@type": "PostalAddress", "addressCountry": "FR", "addressLocality": "Paris"},
    }


def test_nothing_is_told_while_no_day_is_known() -> None:
    fest = FESTS["unknown-2031"]
    about = {"site_url": SITE, "moment": OPEN}
    assert fest_node(fest, **about) is None  # type: ignore[arg-type]  # one dict for both calls
    assert event_node(fest, fest.events["talks"], **about) is None  # type: ignore[arg-type]  # as above
    known = FESTS["paris-2018"]
    assert fest_node(known, **about) is not None  # type: ignore[arg-type]  # as above
    assert event_node(known, known.events["talks"], **about) is not None  # type: ignore[arg-type]  # as above


def test_a_fest_lists_its_events_that_have_days() -> None:
    node = fest_node(FESTS["nowhere-2030"], site_url=SITE, moment=OPEN)
    assert node is not None
    assert [part["name"] for part in node["subEvent"]] == ["RustFest Nowhere: impl Days"]


def test_addresses_that_must_be_whole_are_left_out_without_the_sites() -> None:
    whole = {"@id", "url", "image"}
    assert whole <= set(_event(_fest(EVENT)))
    assert not whole & set(_event(_fest(EVENT), site_url=None))


def test_no_sign_of_a_text_can_end_the_script() -> None:
    text = script({"name": "</script><!--<script>"})
    inner = text.removeprefix("<script").removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner.partition(">")[2]) == {"name": "</script><!--<script>"}


def test_what_happened_to_the_only_event_happened_to_the_fest() -> None:
    event = "events: {impl_days: {title: impl Days, days: [2027-06-05], status: cancelled}}\n"
    node = fest_node(fest_of(HEAD + event), site_url=None, moment=datetime(2027, 5, 1, tzinfo=UTC))
    assert node
    assert node["eventStatus"] == "https://schema.org/EventCancelled"
    moved = event.replace("status: cancelled", "new_start: 2027-06-12")
    node = fest_node(fest_of(HEAD + moved), site_url=None, moment=datetime(2027, 5, 1, tzinfo=UTC))
    assert node
    assert node["eventStatus"] == "https://schema.org/EventRescheduled"
    assert node["previousStartDate"] == "2027-06-05"


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        ("{date: 2018-05-28, opens: '09:00'}", "2018-05-28T09:00:00+02:00", None),
        ("{date: 2018-05-28, opens: '09:00', closes: tba}", "2018-05-28T09:00:00+02:00", None),
        ("{date: 2018-05-28, closes: '18:00'}", "2018-05-28", "2018-05-28T18:00:00+02:00"),
        (
            "{date: 2018-05-28, opens: '09:00'}, 2018-05-29",
            "2018-05-28T09:00:00+02:00",
            "2018-05-29",
        ),
        ("2018-05-28, {date: 2018-05-29, opens: '09:00'}", "2018-05-28", "2018-05-29"),
        (
            "{date: 2018-05-28, opens: '10:00', closes: 2018-05-29 16:00}",
            "2018-05-28T10:00:00+02:00",
            "2018-05-29T16:00:00+02:00",
        ),
    ],
)
def test_no_end_lies_before_the_start(days: str, start: str, end: str | None) -> None:
    fest = _fest(f"events: {{e: {{title: E, days: [{days}]}}}}")
    for node in (_event(fest), _home(fest)):
        assert (node["startDate"], node.get("endDate")) == (start, end)


def _home(fest: Fest) -> dict[str, Any]:
    node = fest_node(fest, site_url=SITE, moment=OPEN)
    assert node is not None
    return node


@pytest.mark.parametrize("closes", ["", ", closes: tba", ", closes: 2018-05-28 12:00"])
def test_an_offer_is_valid_as_long_as_the_button_has_it(closes: str) -> None:
    fest = _fest(EVENT + f"rsvp: {{event: e, url: https://ti.to/e{closes}}}")
    open_ = next(span for span in call_states(fest, fest.rsvp) if span.value == "open")
    assert open_.end
    offer = _event(fest)["offers"]
    assert datetime.fromisoformat(offer["validThrough"]) == open_.end
    assert "validFrom" not in offer


def test_before_an_offer_opens_it_says_when_it_will_be_valid() -> None:
    offer = _event(_fest(EVENT + RSVP + "}"), moment=datetime(2018, 4, 1, tzinfo=UTC))["offers"]
    assert offer["availability"] == f"{SCHEMA}PreOrder"
    assert offer["validFrom"] == "2018-04-18T12:00:00+02:00"
    assert offer["validThrough"] == "2018-05-27T18:00:00+02:00"


VENUES = "venues: {v: {name: V, street: Street 1, city: Saint-Denis}, w: {name: W}}\n"


def test_the_facts_of_the_only_event_are_those_of_the_fest() -> None:
    event = EVENT.replace("title: E", "title: E, venue: v, performers: [Ada, Grace]")
    fest = _fest(event + VENUES + RSVP + "}")
    node = _home(fest)
    assert node["name"] == "RustFest"
    assert node["location"]["name"] == "V"
    assert node["offers"]["url"] == "https://ti.to/e"
    assert [each["name"] for each in node["performer"]] == ["Ada", "Grace"]
    assert "subEvent" not in node
    days = event.replace("days: [", "days: [2018-05-27, ")
    parts = _home(_fest(days + VENUES + RSVP + "}"))["subEvent"]
    assert [part["startDate"] for part in parts] == ["2018-05-27", "2018-05-28T09:00:00+02:00"]


@pytest.mark.parametrize(("second", "name"), [("v", "V"), ("w", "Paris")])
def test_the_venue_of_all_events_is_that_of_the_fest(second: str, name: str) -> None:
    first = "e: {title: E, days: 2018-05-28, venue: v}"
    events = f"{{{first}, f: {{title: F, days: 2018-05-29, venue: {second}}}}}"
    location = _home(_fest(f"{VENUES}events: {events}"))["location"]
    assert name in (location.get("name"), location["address"]["addressLocality"])


@pytest.mark.parametrize("status", ["cancelled", "postponed", "rescheduled", "moved-online"])
def test_the_status_of_the_only_event_reaches_the_fest(status: str) -> None:
    lines = {
        "rescheduled": ", new_start: 2018-06-04",
        "moved-online": ", join: {url: https://live.example/}",
    }
    event = EVENT.replace("title: E", "title: E" + lines.get(status, f", status: {status}"))
    fest = _fest(event)
    assert _home(fest)["eventStatus"] == _event(fest)["eventStatus"] != f"{SCHEMA}EventScheduled"


def test_days_that_are_not_held_are_not_days_of_the_fest() -> None:
    events = "{e: {title: E, days: 2018-05-28}, f: {title: F, days: 2018-05-30, status: cancelled}}"
    assert _home(_fest(f"events: {events}"))["endDate"] == "2018-05-28"


@pytest.mark.parametrize(
    ("moment", "availability"),
    [
        ("2018-04-01T00:00", "PreOrder"),
        ("2018-05-01T00:00", "InStock"),
        ("2018-05-28T08:29", "InStock"),
        ("2018-05-28T08:30", None),
        ("2018-05-28T20:00", None),
    ],
)
def test_what_moved_online_is_offered_until_the_link_to_join_is_due(
    moment: str, availability: str | None
) -> None:
    rsvp = "rsvp: {event: e, url: https://ti.to/e, opens: 2018-04-18 12:00}\n"
    fest = _fest(EVENT + rsvp + "join: {url: https://live.test/}")
    offer = _event(fest, moment=datetime.fromisoformat(f"{moment}+02:00")).get("offers")
    assert (offer and offer["availability"]) == (availability and SCHEMA + availability)
    if offer:
        assert offer["validThrough"] == "2018-05-28T08:30:00+02:00"
