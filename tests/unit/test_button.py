"""The RSVP button in each state."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

import pytest
from markupsafe import Markup

from mkdocs_impldays.fest.call_states import CallState
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.button import call_button, every_state
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import DAYS, EVENT, HEAD, RSVP, fest_of, rsvp_of
from tests.unit.test_alternatives import shown

ENGLISH = Words.of("en-GB")
TBA = "events:\n  impl_days: {title: impl Days, days: tba}\n"
LABEL = "Yes I want to code at `impl Days` Paris!"
BEFORE, OPEN, CLOSED, NOW, PAST = (
    datetime.fromisoformat(f"2018-{text}+02:00")
    for text in ("04-01T00:00", "05-01T00:00", "05-27T18:00", "05-28T09:00", "05-29T18:00")
)


def button(fest: Fest, moment: datetime = OPEN, label: str | None = LABEL) -> Markup:
    return call_button(fest, rsvp_of(fest), view=View(moment), words=ENGLISH, label=label)


def test_before_it_opens_says_when() -> None:
    assert shown(button(fest_of(HEAD + EVENT + RSVP), BEFORE)) == (
        "RSVP opens on Wednesday 18 April 2018 at 12:00 CEST Yes I want to code at impl Days Paris!"
    )


def test_while_open_is_a_link_and_its_deadline() -> None:
    html = button(fest_of(HEAD + EVENT + RSVP))
    assert shown(html) == (
        "Yes I want to code at impl Days Paris! RSVP closes on Sunday 27 May 2018 at 18:00 CEST"
    )
    assert html.count("<a ") == 1
    assert 'class="button primary md-button md-button--primary" href="https://ti.to/' in html


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (CLOSED, "RSVP closed on Sunday 27 May 2018 at 18:00 CEST"),
        (
            NOW,
            f"On now: impl Days Paris ({DAYS})",
        ),
        (PAST, f"impl Days Paris took place on {DAYS}"),
    ],
)
def test_later_there_are_only_words(moment: datetime, text: str) -> None:
    html = button(fest_of(HEAD + EVENT + RSVP), moment)
    assert shown(html) == text
    assert "<a " not in html


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("  availability: full\n", f"Full: impl Days Paris ({DAYS})"),
        (
            "status: cancelled\n",
            f"Cancelled: impl Days Paris ({DAYS})",
        ),
        (
            "status: postponed\n",
            (f"Postponed, new date to be announced: impl Days Paris ({DAYS})"),
        ),
    ],
)
def test_where_nothing_can_be_done_there_is_no_link_to_show(lines: str, text: str) -> None:
    html = button(fest_of(HEAD + EVENT + RSVP + lines))
    assert shown(html) == text
    assert "<a " not in html


def test_what_moved_online_can_be_signed_up_for_until_the_deadline() -> None:
    fest = fest_of(HEAD + EVENT + RSVP + "status: moved-online\n")
    assert shown(button(fest)) == (
        "Yes I want to code at impl Days Paris! Online instead of on site: impl Days Paris."
        " RSVP closes on Sunday 27 May 2018 at 18:00 CEST"
    )
    html = button(fest, NOW)
    assert shown(html) == f"Online instead of on site: impl Days Paris ({DAYS})"
    assert "<a " not in html


def test_a_waiting_list_has_its_own_address_and_text() -> None:
    more = "  availability: waitlist\n  waitlist_url: https://ti.to/waiting\n"
    html = button(fest_of(HEAD + EVENT + RSVP + more))
    assert shown(html) == (
        "Waiting list for impl Days Paris Full, with a waiting list: impl Days Paris."
        " RSVP closes on Sunday 27 May 2018 at 18:00 CEST"
    )
    assert re.findall(r'href="([^"]*)"', html) == ["https://ti.to/waiting"]


@pytest.mark.parametrize("missing", ["  opens: tba\n", ""])
def test_what_is_to_be_announced_has_no_date(missing: str) -> None:
    rsvp = "rsvp:\n  event: impl_days\n"
    rsvp += missing + f"  url: {'https://ti.to/x' if missing else 'tba'}\n"
    assert shown(button(fest_of(HEAD + EVENT + rsvp))) == "RSVP is not open yet"


def test_without_dates_an_open_rsvp_has_no_deadline() -> None:
    rsvp = "rsvp: {event: impl_days, url: https://ti.to/x}\n"
    assert shown(button(fest_of(HEAD + TBA + rsvp))) == LABEL.replace("`", "")


def test_the_deadline_is_the_beginning_where_none_is_given() -> None:
    rsvp = "rsvp: {event: impl_days, url: https://ti.to/x}\n"
    text = shown(button(fest_of(HEAD + EVENT + rsvp)))
    assert text.endswith("RSVP closes on Monday 28 May 2018 at 09:00 CEST")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (None, "RSVP for impl Days Paris"),
        ("Come!", "Come!"),
        ("**Impl** days, yes", "Impl days, yes"),
    ],
)
def test_the_link_says_what_was_typed(label: str | None, text: str) -> None:
    html = button(fest_of(HEAD + EVENT + RSVP), label=label)
    found = re.search("<a [^>]*>(.*?)</a>", html)
    assert found is not None
    assert Markup(found[1]).striptags() == text


def test_the_past_is_there_only_in_a_preview() -> None:
    fest = fest_of(HEAD + EVENT + RSVP)
    over = call_button(fest, rsvp_of(fest), view=View(PAST), words=ENGLISH)
    whole = call_button(fest, rsvp_of(fest), view=View(PAST, is_preview=True), words=ENGLISH)
    assert re.findall('data-rsvp="(.*?)"', over) == ["past"]
    states = ["soon", "open", "closed", "now", "next", "now", "past"]
    assert re.findall('data-rsvp="(.*?)"', whole) == states
    assert shown(over) == shown(whole)


def test_is_one_line_and_never_a_button_that_is_none() -> None:
    fest = fest_of(HEAD + EVENT + RSVP)
    html = call_button(fest, rsvp_of(fest), view=View(BEFORE, is_preview=True), words=ENGLISH)
    assert len(re.findall("data-rsvp=", html)) > 1
    assert "\n" not in html
    assert "role=" not in html
    assert "disabled" not in html


@pytest.mark.parametrize("state", CallState)
def test_every_date_is_in_an_element_that_programs_read(state: CallState) -> None:
    html = unescape(every_state(fest_of(HEAD + EVENT + RSVP), words=ENGLISH)[state])
    dates = re.findall(r'<time datetime="(.*?)".*?</time>', html)
    words = Markup(re.sub("<time .*?</time>", "", html)).striptags()
    assert re.search(r"\b\d{1,2}\b", words) is None
    assert all(datetime.fromisoformat(text).year == 2018 for text in dates)
    assert bool(dates) == (state is not CallState.JOIN)


def test_names_are_text() -> None:
    event = EVENT.replace("title: impl Days", "title: 'A <b> & | *c*'")
    html = button(fest_of(HEAD + event + RSVP), label=None)
    assert "RSVP for A <b> & | *c* Paris" in shown(html)


def test_a_fest_without_rsvp_has_no_button() -> None:
    with pytest.raises(ValueError, match=r'no "rsvp:"\. Add it'):
        every_state(fest_of(HEAD + EVENT), words=ENGLISH)


@pytest.mark.parametrize("status", ["scheduled", "cancelled"])
def test_a_manual_can_show_every_state(status: str) -> None:
    shown_states = every_state(fest_of(f"{HEAD}status: {status}\n" + EVENT + RSVP), words=ENGLISH)
    assert list(shown_states) == list(CallState)
    texts = [shown(html) for html in shown_states.values()]
    assert len(set(texts)) == len(texts)
    assert [html.count("<a ") for html in shown_states.values()] == [0, 1, 1, *[0] * 8, 1]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-06-05T12:00", "On now: impl Days Paris (5 and 19 June 2027)"),
        ("2027-06-05T23:30", "impl Days Paris: next on Saturday 19 June 2027"),
        ("2027-06-12T12:00", "impl Days Paris: next on Saturday 19 June 2027"),
        ("2027-06-19T09:30", "On now: impl Days Paris (5 and 19 June 2027)"),
    ],
)
def test_between_two_days_the_next_one_is_named(moment: str, expected: str) -> None:
    days = EVENT.replace("2018-05-28", "2027-06-05").replace("2018-05-29", "2027-06-19")
    rsvp = "rsvp: {event: impl_days, url: https://ti.to/asquera}\n"
    fest = fest_of(HEAD + days + rsvp)
    view = View(datetime.fromisoformat(f"{moment}+02:00"))
    assert shown(call_button(fest, rsvp_of(fest), view=view, words=ENGLISH)) == expected


DAY_WITHOUT_HOURS = """\
events:
  impl_days: {title: impl Days, days: [2018-05-28, 2018-05-29]}
rsvp: {event: impl_days, url: https://ti.to/a, KEY}
"""


@pytest.mark.parametrize(
    ("key", "moment", "words"),
    [
        ("label: Come", OPEN, "Come RSVP is open until the end of Sunday 27 May 2018 (CEST)"),
        ("label: Come", NOW, f"On now: impl Days Paris ({DAYS})"),
        ("opens: 2018-05-02, label: Come", OPEN, "RSVP opens on Wednesday 2 May 2018 (CEST) Come"),
        (
            "closes: 2018-05-20 00:00, label: Come",
            OPEN,
            "Come RSVP is open until the end of Saturday 19 May 2018 (CEST)",
        ),
        (
            "closes: 2018-05-20 00:00, label: Come",
            CLOSED,
            "RSVP closed at the end of Saturday 19 May 2018 (CEST)",
        ),
        (
            "opens: 2018-05-02 AoE, label: Come",
            OPEN,
            "RSVP opens on Wednesday 2 May 2018, anywhere on earth Come",
        ),
    ],
)
def test_an_hour_that_nobody_typed_is_not_shown(key: str, moment: datetime, words: str) -> None:
    fest = fest_of(HEAD + DAY_WITHOUT_HOURS.replace("KEY", key))
    assert shown(button(fest, moment, label=None)) == words


def test_a_day_that_the_clocks_begin_later_has_no_hour_either() -> None:
    """On 30 April 2027 clocks in Egypt go from 23:59 to 01:00."""
    head = HEAD.replace("Europe/Paris", "Africa/Cairo")
    event = "events:\n  a: {title: A, days: [2027-04-30]}\n"
    fest = fest_of(f"{head}{event}rsvp: {{event: a, url: https://ti.to/a, opens: 2027-04-30}}\n")
    assert "01:00" not in shown(button(fest, OPEN))
    fest = fest_of(f"{head}{event}rsvp: {{event: a, url: https://ti.to/a}}\n")
    assert "until the end of Thursday 29 April 2027" in shown(button(fest, OPEN))
