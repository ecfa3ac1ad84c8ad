"""What people can do until a date: the states of a call, and its button in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from mkdocs_impldays.checks.leftovers import leftover_problems
from mkdocs_impldays.checks.prose import prose_problems
from mkdocs_impldays.checks.text import Page
from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import fest_of
from tests.unit.test_alternatives import shown

HEAD = """\
name: Docs Lisbon
city: Lisbon
country: PT
timezone: Europe/Lisbon
events:
  talks:
    title: Talks
    days: [{date: 2027-06-05, opens: "09:00", closes: "18:00"}]
"""
ENGLISH = Words.of("en-GB")
CLOSED = "Proposals: closed at the end of Friday 5 March 2027 (WET)"
WAITING = "Proposals: waiting list Full; there is a waiting list."


def fest(*calls: str, head: str = HEAD) -> Fest:
    return fest_of(head + "calls:\n" + "".join(f"  {call}\n" for call in calls))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def states(fest: Fest, key: str = "proposals") -> list[str]:
    """Write the states of a call as `state` and the moment, in UTC, from which it holds."""
    form = "{:%m-%dT%H:%M}"
    return [
        f"{span.value} {form.format(span.start.astimezone(UTC))}" if span.start else span.value
        for span in call_states(fest, fest.every_call[key])
    ]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("", ["open", "closed 06-05T08:00"]),
        ("opens: 2027-01-10", ["soon", "open 01-10T00:00", "closed 06-05T08:00"]),
        ("closes: 2027-03-01", ["open", "closed 03-01T23:59"]),
        ("closes: 2027-03-01 23:59 AoE", ["open", "closed 03-02T11:59"]),
        ("closes: 2027-03-01 aoe", ["open", "closed 03-02T11:59"]),
        ("closes: 2027-03-01 18:00 America/New_York", ["open", "closed 03-01T23:00"]),
        ("opens: 2027-01-10 09:00 Asia/Tokyo, closes: 2027-03-01",
         ["soon", "open 01-10T00:00", "closed 03-01T23:59"]),
        ("availability: closed, opens: 2027-01-10", ["closed"]),
        ("availability: full, closes: 2027-03-01", ["full", "closed 03-01T23:59"]),
        ("availability: waitlist, closes: 2027-03-01", ["waitlist", "closed 03-01T23:59"]),
        ("availability: waitlist, closes: 2027-03-01, waitlist_opens: 2027-02-01",
         ["full", "waitlist 02-01T00:00", "closed 03-01T23:59"]),
        ("availability: waitlist, closes: 2027-03-01, waitlist_closes: 2027-03-10",
         ["waitlist", "closed 03-10T23:59"]),
        ("availability: waitlist, closes: 2027-03-10, waitlist_closes: 2027-03-01",
         ["waitlist", "full 03-01T23:59", "closed 03-10T23:59"]),
        ("closes: 2027-03-01, waitlist_opens: 2027-03-05, waitlist_closes: 2027-03-10",
         ["open", "closed 03-01T23:59", "waitlist 03-05T00:00", "closed 03-10T23:59"]),
        ("availability: full, waitlist_opens: 2027-02-01",
         ["full", "waitlist 02-01T00:00", "closed 06-05T08:00"]),
        ("opens: 2027-06-06", ["soon", "open 06-05T23:00"]),
        ("opens: tba", ["soon", "closed 06-05T17:00"]),
        ("event: talks, closes: 2027-03-01",
         ["open", "closed 03-01T23:59", "now 06-05T08:00", "past 06-05T17:00"]),
        ("event: talks, availability: closed", ["closed", "now 06-05T08:00", "past 06-05T17:00"]),
    ],
)  # fmt: skip
def test_each_state_has_its_time(call: str, expected: list[str]) -> None:
    typed = f", {call}" if call else ""
    assert states(fest(f"proposals: {{url: https://pretalx.com/lisbon/cfp{typed}}}")) == expected


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_not_held_needs_no_proposals(status: str) -> None:
    call = "proposals: {url: https://pretalx.com/lisbon/cfp, closes: 2027-03-01}"
    assert states(fest(call, head=f"status: {status}\n" + HEAD)) == [status]


def test_what_moved_online_still_needs_proposals() -> None:
    call = "proposals: {url: https://pretalx.com/lisbon/cfp, closes: 2027-03-01}"
    head = "status: moved-online\n" + HEAD
    assert states(fest(call, head=head)) == ["open", "closed 03-01T23:59"]


def said(typed: str, stamp: str, words: Words = ENGLISH) -> str:
    read = fest(f"proposals: {{url: https://pretalx.com/lisbon/cfp, {typed}}}")
    html = call_button(read, read.calls["proposals"], view=View(moment(stamp)), words=words)
    return shown(html)


@pytest.mark.parametrize(
    ("typed", "stamp", "text"),
    [
        ("title: Call for talks, opens: 2027-01-10 09:00, closes: 2027-03-01", "2027-01-01T00:00Z",
         "Call for talks: open from Sunday 10 January 2027 at 09:00 WET Call for talks"),
        ("opens: tba", "2027-01-01T00:00Z", "Proposals: not open yet"),
        ("closes: 2027-03-05", "2027-01-01T00:00Z",
         "Proposals Open until the end of Friday 5 March 2027 (WET)"),
        ("closes: 2027-03-05 23:59", "2027-01-01T00:00Z",
         "Proposals Open until the end of Friday 5 March 2027 (WET)"),
        ("closes: 2027-03-05 23:59 AoE", "2027-01-01T00:00Z",
         "Proposals Open until the end of Friday 5 March 2027, anywhere on earth"),
        ("closes: 2027-03-05 12:00 AoE", "2027-01-01T00:00Z",
         "Proposals Open until Friday 5 March 2027 at 12:00 AoE"),
        ("closes: 2027-03-05 18:00 America/New_York", "2027-01-01T00:00Z",
         "Proposals Open until Friday 5 March 2027 at 18:00 EST"),
        ("closes: 2027-03-05", "2027-03-06T00:00Z",
         CLOSED),
        ("closes: 2027-03-05, result: 2027-04-01 12:00", "2027-03-06T00:00Z",
         CLOSED + ". Results by Thursday 1 April 2027 at 12:00 WEST"),
        ("closes: 2027-03-05, result: 2027-04-01 12:00", "2027-04-02T00:00Z",
         CLOSED),
        ("closes: 2027-03-05, result: 2027-04-01", "2027-03-06T00:00Z",
         CLOSED + ". Results by Thursday 1 April 2027 (WEST)"),
        ("availability: closed", "2027-03-06T00:00Z", "Proposals: closed"),
        ("closes: tba", "2027-01-01T00:00Z", "Proposals"),
        ("closes: tba", "2027-06-05T12:00Z", "Proposals: closed"),
        ("closes: tba, availability: waitlist, waitlist_closes: 2027-03-05 12:00",
         "2027-03-04T00:00Z", WAITING + " Open until Friday 5 March 2027 at 12:00 WET"),
        ("availability: full", "2027-03-06T00:00Z", "Proposals: full"),
        ("availability: waitlist, closes: 2027-03-05 12:00", "2027-03-04T00:00Z",
         WAITING + " Open until Friday 5 March 2027 at 12:00 WET"),
    ],
)  # fmt: skip
def test_the_button_says_what_can_be_done(typed: str, stamp: str, text: str) -> None:
    assert said(typed, stamp) == text


def test_a_link_is_there_only_while_there_is_something_to_do() -> None:
    read = fest(
        "proposals: {url: https://pretalx.com/lisbon/cfp, opens: 2027-01-10, closes: 2027-03-01}"
    )
    links = {
        state: len(re.findall("<a ", call_button(
            read, read.calls["proposals"], view=View(moment(stamp)), words=ENGLISH)))
        for state, stamp in [("open", "2027-02-01T00:00Z"), ("closed", "2027-04-01T00:00Z")]
    }  # fmt: skip
    assert links == {"open": 1, "closed": 0}


@pytest.mark.parametrize(
    ("stamp", "is_preview", "links"),
    [
        ("2027-01-01T00:00Z", False, ['<noscript> <a class="b" href="https://pretalx.com/x">']),
        ("2027-01-01T00:00Z", True, []),
        ("2027-02-01T00:00Z", False, []),
        ("2027-04-01T00:00Z", False, []),
    ],
)
def test_without_javascript_there_is_a_way_in_if_it_opens_later(
    stamp: str, is_preview: bool, links: list[str]
) -> None:
    typed = "url: https://pretalx.com/x, opens: 2027-01-10, closes: 2027-03-01"
    read, view = fest(f"proposals: {{{typed}}}"), View(moment(stamp), is_preview=is_preview)
    call = read.calls["proposals"]
    html = call_button(read, call, view=view, words=ENGLISH, link_class="b")
    assert re.findall("<noscript> <a [^>]*>", html) == links


def test_an_rsvp_with_a_title_speaks_of_it() -> None:
    rsvp = "event: talks, url: https://pretix.eu/x, title: Tickets, opens: 2027-01-10 09:00"
    read = fest_of(f"{HEAD}rsvp: {{{rsvp}}}")
    assert read.rsvp is not None
    html = call_button(read, read.rsvp, view=View(moment("2027-01-01T00:00Z")), words=ENGLISH)
    assert shown(html) == "Tickets: open from Sunday 10 January 2027 at 09:00 WET Tickets"


def test_every_moment_is_on_the_clocks_of_the_fest() -> None:
    typed = "closes: 2027-03-01 AoE, result: 2027-04-01"
    read = fest(f"proposals: {{url: https://pretalx.com/lisbon/cfp, {typed}}}")
    found = [each.isoformat() for each in instants_of(read)]
    assert found[:2] == ["2027-03-02T11:59:00+00:00", "2027-04-01T23:59:00+01:00"]


def test_a_moment_before_and_one_after_an_edge_differ() -> None:
    read = fest("proposals: {url: https://pretalx.com/lisbon/cfp, closes: 2027-03-01 23:59 AoE}")
    spans = call_states(read, read.calls["proposals"])
    assert at(spans, moment("2027-03-02T11:58:59Z")) == "open"
    assert at(spans, moment("2027-03-02T11:59:00Z")) == "closed"


PROPOSALS = "f.yml:10: calls.proposals"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("proposals: {url: https://pretalx.com/lisbon/cfp, event: talk}",
         'f.yml:10: calls.proposals.event: "talk" is not an event. Did you mean "talks"?'),
        ("rsvp: {url: https://pretalx.com/lisbon/cfp}",
         'f.yml:10: calls.rsvp: the RSVP has a key of its own. Put it under "rsvp".'),
        ("proposals: {title: A}",
         PROPOSALS + '.url is missing. Add "url: …", or "url: tba" while it is not known.'),
        ("proposals: {url: https://pretalx.com/lisbon/cfp, opens: 2027-02-01, closes: 2027-01-01}",
         PROPOSALS + '.closes: "2027-01-01 23:59" is not after it opens, 2027-02-01 00:00.'
         + " Correct one of them."),
        ("proposals: {url: https://pretalx.com/lisbon/cfp, closes: 2027-01-01 23:59 Europe/Pari}",
         PROPOSALS + '.closes: "Europe/Pari" is not a time zone with a place in its name.'
         + ' Did you mean "Europe/Paris"?'),
        ("live: {url: https://pretalx.com/lisbon/cfp, clases: 2027-01-01}",
         'f.yml:10: calls.live: "clases" is not a known key. Did you mean "closes"?'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(call: str, message: str) -> None:
    text = f"{HEAD}calls:\n  {call}\n"
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert [str(problem) for problem in problems] == [message]


NIGHT = (
    '"2027-03-06 00:00" is the night to Saturday, and can be read as the end of Saturday too.'
    ' Write "2027-03-05" for the end of Friday, or "2027-03-06".'
)
WRONG = [
    ("closes: 2027-03-06 00:00", f".closes: {NIGHT}"),
    ("closes: 2027-06-06", '.closes: "2027-06-06" is after the fest is over. Correct the date.'),
    ("opens: 2027-01-01, waitlist_closes: 2028-01-01",
     '.waitlist_closes: "2028-01-01" is after the fest is over. Correct the date.'),
    ("event: talks, closes: 2027-06-05 20:00",
     '.closes: "2027-06-05 20:00" is after the event is over. Correct the date.'),
    ("closes: 2027-06-05", None),
    ("opens: 2027-06-06, closes: 2027-07-01", None),
    ("tickets: [{name: A}, {name: a}]",
     '.tickets[1].name: "a" is also the name of another ticket. Rename one.'),
    ("tickets: [{name: A, closes: 2027-03-06 00:00}]",
     f".tickets[0].closes: {NIGHT}"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "message"), WRONG)
def test_what_is_hardly_meant_is_told(typed: str, message: str | None) -> None:
    call = f"proposals: {{url: https://pretalx.com/lisbon/cfp, {typed}}}"
    text = f"{HEAD}calls:\n  {call}\n"
    read, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert read is not None
    assert [str(each) for each in problems] == ([PROPOSALS + message] if message else [])


def test_a_placeholder_is_reported() -> None:
    text = f"{HEAD}calls:\n  proposals: {{url: https://example.org/todo}}\n"
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert ["is a placeholder" in str(each) for each in problems] == [True]


NOT_THEN = (
    'is not when "Call for proposals" closes, 2027-03-01. Write {{ calls.proposals.closes }},'
    " or correct the date."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The call for proposals is open until 31 March 2027.",
         f'"31 March 2027" {NOT_THEN}'),
        ("The deadline of the call for proposals is March 2nd.",
         f'"March 2nd" {NOT_THEN}'),
        ("The call for proposals is open until 1 March 2027.", None),
        ("You hear from the call for proposals by 1 April.", None),
        ("The call for proposals was announced on 1 January 2027.", None),
        ("Book your train until 31 March 2027.", None),
    ],
)  # fmt: skip
def test_a_deadline_in_prose_that_contradicts_is_told(text: str, message: str | None) -> None:
    typed = "title: Call for proposals, closes: 2027-03-01, result: 2027-04-01"
    read = fest(f"proposals: {{url: https://pretalx.com/lisbon/cfp, {typed}}}")
    found = [each.message for each in prose_problems(Page("p.md", text), read)]
    assert found == ([message] if message else [])


def test_the_link_of_another_fests_call_is_told() -> None:
    call = "proposals: {url: https://pretalx.com/%s/cfp}"
    lisbon = fest(call % "lisbon")
    porto = fest(
        call % "porto",
        head=HEAD.replace(": Lisbon", ": Porto").replace("Docs Lisbon", "Docs Porto"),
    )
    text = "Read [this](https://pretalx.com/porto/cfp)."
    found = [each.message for each in leftover_problems(Page("p.md", text), lisbon, others=[porto])]
    what = 'is the link of "Proposals" of Docs Porto. Write {{ call_button("proposals") }}.'
    assert found == [f'"https://pretalx.com/porto/cfp" {what}']
