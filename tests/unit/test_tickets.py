"""Kinds of ticket: their states, their words, and what search engines are told of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.names.button import call_button, ticket_line
from mkdocs_impldays.output.jsonld import fest_node
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import fest_of, rsvp_of
from tests.unit.test_alternatives import shown
from tests.unit.test_calls import HEAD

RSVP = """\
rsvp:
  event: talks
  url: https://pretix.eu/lisbon/2027
  title: Tickets
"""
KINDS = """\
  tickets:
    - {name: Early bird, price: 80 EUR, closes: 2027-02-28}
    - {name: Regular, price: 120 EUR, opens: 2027-03-01}
    - {name: Student, price: 0 EUR, availability: full, url: "https://pretix.eu/lisbon/students"}
"""
ENGLISH = Words.of("en-GB")


def lisbon(more: str = "", kinds: str = KINDS) -> Fest:
    return fest_of(HEAD + RSVP + more + kinds)


def kinds_of(fest: Fest) -> list[Call]:
    rsvp = rsvp_of(fest)
    return [rsvp.of_ticket(ticket) for ticket in rsvp.tickets]


def written(fest: Fest, call: Call) -> list[str]:
    form = "{:%m-%dT%H:%M}"
    return [
        f"{span.value} {form.format(span.start.astimezone(UTC))}" if span.start else span.value
        for span in call_states(fest, call)
    ]


def test_each_kind_has_dates_of_its_own() -> None:
    fest = lisbon()
    held = ["now 06-05T08:00", "past 06-05T17:00"]
    assert [written(fest, kind) for kind in kinds_of(fest)] == [
        ["open", "closed 02-28T23:59", *held],
        ["soon", "open 03-01T00:00", *held],
        ["full", *held],
    ]


def test_a_kind_is_open_only_while_all_are() -> None:
    fest = lisbon("  opens: 2027-01-15\n  closes: 2027-05-20\n")
    held = ["now 06-05T08:00", "past 06-05T17:00"]
    assert [written(fest, kind) for kind in kinds_of(fest)] == [
        ["soon", "open 01-15T00:00", "closed 02-28T23:59", *held],
        ["soon", "open 03-01T00:00", "closed 05-20T22:59", *held],
        ["soon", "full 01-15T00:00", "closed 05-20T22:59", *held],
    ]


@pytest.mark.parametrize(
    ("kinds", "states"),
    [
        (KINDS, ["open"]),
        (
            KINDS.replace("2027-03-01", "2027-03-02"),
            ["open", "soon 02-28T23:59", "open 03-02T00:00"],
        ),
        (
            "  tickets: [{name: A, availability: full}, {name: B, closes: 2027-02-01}]\n",
            ["open", "full 02-01T23:59"],
        ),
        (
            "  tickets: [{name: A, availability: waitlist}, {name: B, closes: 2027-02-01}]\n",
            ["open", "waitlist 02-01T23:59"],
        ),
        (
            "  tickets: [{name: A, closes: 2027-02-01}, {name: B, closes: 2027-03-01}]\n",
            ["open", "closed 03-01T23:59"],
        ),
        ("  tickets: [{name: A, availability: full}]\n", ["full"]),
    ],
)
def test_the_button_is_open_as_long_as_one_kind_is(kinds: str, states: list[str]) -> None:
    fest = lisbon(kinds=kinds)
    held = ["now 06-05T08:00", "past 06-05T17:00"]
    assert written(fest, rsvp_of(fest)) == [*states, *held]


@pytest.mark.parametrize("availability", ["full", "waitlist", "closed"])
def test_what_is_true_of_all_kinds_is_typed_once(availability: str) -> None:
    fest = lisbon(f"  availability: {availability}\n")
    moment = datetime(2027, 3, 2, tzinfo=UTC)
    assert at(call_states(fest, rsvp_of(fest)), moment) == availability


@pytest.mark.parametrize(
    ("stamp", "texts"),
    [
        (
            "2027-02-28T23:58:59Z",
            [
                "Early bird €80.00 On sale until the end of Sunday 28 February 2027 (WET)",
                "Regular €120.00 On sale from Monday 1 March 2027 (WET) Regular",
                "Student Free Sold out",
            ],
        ),
        (
            "2027-03-01T00:00:00Z",
            [
                "Early bird €80.00 No longer on sale",
                "Regular €120.00 On sale until Saturday 5 June 2027 at 09:00 WEST",
                "Student Free Sold out",
            ],
        ),
        (
            "2027-06-05T08:00:00Z",
            [
                "Early bird €80.00 No longer on sale",
                "Regular €120.00 No longer on sale",
                "Student Free No longer on sale",
            ],
        ),
    ],
)
def test_each_kind_says_what_can_be_done(stamp: str, texts: list[str]) -> None:
    fest, view = lisbon(), View(datetime.fromisoformat(stamp))
    html = [
        ticket_line(fest, kind, view=view, words=ENGLISH, link_class="b") for kind in kinds_of(fest)
    ]
    assert [shown(each) for each in html] == texts


def test_a_kind_that_is_sold_out_may_have_a_waiting_list() -> None:
    fest = lisbon(kinds="  tickets: [{name: Student, availability: waitlist}]\n")
    view = View(datetime(2027, 3, 1, tzinfo=UTC))
    html = ticket_line(fest, kinds_of(fest)[0], view=view, words=ENGLISH, link_class="b")
    assert shown(html) == "Student: waiting list Sold out, waiting list"
    assert 'href="https://pretix.eu/lisbon/2027"' in html


def test_what_is_not_held_sells_nothing() -> None:
    fest = fest_of(f"status: cancelled\n{HEAD}{RSVP}{KINDS}")
    view = View(datetime(2027, 3, 1, tzinfo=UTC))
    html = ticket_line(fest, kinds_of(fest)[1], view=view, words=ENGLISH, link_class="b")
    assert shown(html) == ("Regular €120.00 Cancelled: Talks Lisbon (5 June 2027)")
    assert "<a " not in html


@pytest.mark.parametrize("language", ["en", "ca", "de", "es", "fr", "it", "nl"])
def test_every_language_has_the_words_of_a_kind(language: str) -> None:
    fest, view = lisbon(), View(datetime(2027, 1, 1, tzinfo=UTC), is_preview=True)
    for kind in kinds_of(fest):
        html = ticket_line(fest, kind, view=view, words=Words.of(language), link_class="b")
        assert "{" not in Markup(html).striptags()
        assert kind.title
        assert kind.title in html


def test_the_button_leads_to_the_first_kind_where_it_has_no_address_itself() -> None:
    kinds = '  tickets: [{name: A, url: "https://pretix.eu/lisbon/a"}]\n'
    fest = fest_of(HEAD + RSVP.replace("https://pretix.eu/lisbon/2027", "tba") + kinds)
    view = View(datetime(2027, 3, 1, tzinfo=UTC))
    html = call_button(fest, rsvp_of(fest), view=view, words=ENGLISH)
    assert 'href="https://pretix.eu/lisbon/a"' in html


def test_search_engines_are_offered_each_kind_with_its_times() -> None:
    node = fest_node(lisbon(), site_url=None, moment=datetime(2027, 2, 1, tzinfo=UTC))
    assert node is not None
    offers = node["offers"]
    assert [list(each.values())[1:] for each in offers] == [
        ["Early bird", "https://pretix.eu/lisbon/2027", "80", "EUR",
         "https://schema.org/InStock", "2027-02-28T23:59:00+00:00"],
        ["Regular", "https://pretix.eu/lisbon/2027", "120", "EUR", "https://schema.org/PreOrder",
         "2027-03-01T00:00:00+00:00", "2027-06-05T09:00:00+01:00"],
        ["Student", "https://pretix.eu/lisbon/students", "0", "EUR",
         "https://schema.org/SoldOut", "2027-06-05T09:00:00+01:00"],
    ]  # fmt: skip


def test_what_is_over_is_not_offered() -> None:
    node = fest_node(lisbon(), site_url=None, moment=datetime(2027, 3, 2, tzinfo=UTC))
    assert node is not None
    assert [each["name"] for each in node["offers"]] == ["Regular", "Student"]


def test_every_edge_of_every_kind_is_known() -> None:
    moments = [each.isoformat() for each in instants_of(lisbon())]
    assert moments[:2] == ["2027-02-28T23:59:00+00:00", "2027-03-01T00:00:00+00:00"]


def test_a_mistake_in_a_kind_is_told_at_its_line() -> None:
    kinds = "  tickets:\n    - {name: A, prise: 80 EUR}\n    - {price: 80 EUR}\n"
    text = HEAD + RSVP + kinds
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert [str(problem) for problem in problems] == [
        'f.yml:14: rsvp.tickets[0]: "prise" is not a known key. Did you mean "price"?',
        'f.yml:15: rsvp.tickets[1].name is missing. Add "name: …".',
    ]
