"""What the words of a tag say about time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Span
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.tags import Spans, otherwise, when
from tests.fests import EVENT, HEAD, RSVP, fest_of, paris

GAP = """\
events:
  night: {title: Night, days: [2018-05-01, 2018-05-03, 2018-05-04]}
"""


def written(spans: Spans) -> str:
    """Write spans as `from..until`, on the fest's clocks."""
    form = "{:%m-%dT%H:%M}"
    return " ".join(
        f"{form.format(s.start) if s.start else ''}..{form.format(s.end) if s.end else ''}"
        for s in spans
    )


@pytest.mark.parametrize(
    ("tag", "words", "spans"),
    [
        ("before", "", "..05-26T00:00"),
        ("before", "impl_days", "..05-28T00:00"),
        ("before", "events.impl_days", "..05-28T00:00"),
        ("today", "", "05-26T00:00..05-30T00:00"),
        ("today", "talks", "05-26T00:00..05-27T00:00"),
        ("day", "1", "05-26T00:00..05-27T00:00"),
        ("day", "2 impl_days", "05-29T00:00..05-30T00:00"),
        ("day", "2 of impl_days", "05-29T00:00..05-30T00:00"),
        ("during", "impl_days", "05-28T00:00..05-30T00:00"),
        ("between", "", ""),
        ("after", "", "05-30T00:00.."),
        ("rsvp", "soon", "..04-18T12:00"),
        ("rsvp", "soon open", "..05-27T18:00"),
        ("rsvp", "full", ""),
        ("show", "from|2018-05-28 09:00", "05-28T09:00.."),
        ("show", "until|2018-06-01", "..06-01T23:59"),
        ("show", "from|2018-05-28|until|2018-05-28", "05-28T00:00..05-28T23:59"),
    ],
)
def test_words_name_spans(tag: str, words: str, spans: str) -> None:
    split = words.split("|" if "|" in words else None)
    assert written(when(tag, split, paris())) == spans


@pytest.mark.parametrize(
    ("tag", "spans"),
    [
        ("today", "05-01T00:00..05-02T00:00 05-03T00:00..05-05T00:00"),
        ("between", "05-02T00:00..05-03T00:00"),
        ("during", "05-01T00:00..05-05T00:00"),
    ],
)
def test_a_gap_between_days(tag: str, spans: str) -> None:
    assert written(when(tag, [], fest_of(HEAD + GAP))) == spans


@pytest.mark.parametrize(
    ("tag", "words", "message"),
    [
        (
            "today",
            ["impldays"],
            'names "impldays", which is not an event. Did you mean "impl_days"?',
        ),
        ("today", ["talks", "now"], 'has "now" after the event. Remove it.'),
        ("day", [], "needs the number of a day. Write {% day 1 %}, or {% day 1 impl_days %}."),
        (
            "day",
            ["3", "impl_days"],
            "asks for day 3, but impl_days has 2 days. Correct the number.",
        ),
        ("day", ["2", "talks"], "asks for day 2, but talks has 1 day. Correct the number."),
        ("day", ["0"], "asks for day 0, but the fest has 4 days. Correct the number."),
        ("rsvp", ["opne"], 'names "opne", which is not a state of the RSVP. Did you mean "open"?'),
        ("show", ["from"], "is not complete. Write {% show from"),
        ("show", ["form", "2018-05-28"], "is not complete. Write {% show from"),
        ("show", ["from", "28.5."], 'has a wrong moment: "28.5." is not a moment.'),
        ("show", ["from", "2018-05-28", "until", "2018-05-27"], "ends before it begins."),
    ],
)
def test_mistakes_are_told(tag: str, words: list[str], message: str) -> None:
    with pytest.raises(PageError) as found:
        when(tag, words, paris())
    assert str(found.value).startswith(message)


def test_a_state_of_the_rsvp_needs_an_rsvp() -> None:
    with pytest.raises(PageError, match=r'no "rsvp:"'):
        when("rsvp", ["open"], fest_of(HEAD + EVENT))


def test_a_day_of_an_event_without_days_never_comes() -> None:
    fest = fest_of(HEAD + "events:\n  impl_days: {title: impl Days, days: tba}\n")
    assert when("day", ["1"], fest) == ()
    assert when("before", [], fest) == (Span(True),)


@pytest.mark.parametrize("fest", [paris(), fest_of(HEAD + EVENT + RSVP), fest_of(HEAD + GAP)])
def test_before_during_and_after_are_all_the_time(fest: Fest) -> None:
    spans = [span for tag in ("before", "during", "after") for span in when(tag, [], fest)]
    assert spans[0].start is spans[-1].end is None
    assert all(one.end == other.start for one, other in pairwise(spans))


NOON = datetime.fromisoformat("2018-05-28T12:00+02:00")


@given(st.lists(st.integers(0, 50), unique=True).map(sorted), st.booleans(), st.integers(-1, 51))
def test_the_rest_holds_when_the_spans_do_not(hours: list[int], early: bool, at: int) -> None:
    bounds = [NOON + timedelta(hours=hour) for hour in hours]
    ends: list[datetime | None] = [*([None] if early else []), *bounds]
    ends += [None] * (len(ends) % 2)
    spans = tuple(Span(True, *pair) for pair in zip(ends[::2], ends[1::2], strict=True))
    moment = NOON + timedelta(hours=at)
    assert any(s.holds(moment) for s in spans) != any(s.holds(moment) for s in otherwise(spans))


def test_a_cancelled_day_leaves_the_others_their_numbers() -> None:
    fest = fest_of(HEAD + EVENT.replace("2018-05-28,", "2018-05-28, status: cancelled,"))
    assert written(when("day", ["2"], fest)) == "05-29T00:00..05-30T00:00"
    assert when("day", ["2", "impl_days"], fest) == when("day", ["2"], fest)
    assert written(when("day", ["1"], fest)) == ""


def test_a_cancelled_event_leaves_the_days_of_the_fest_their_numbers() -> None:
    talks = "  talks: {title: Talks, days: [2018-05-26], status: cancelled}\n"
    fest = fest_of(HEAD + EVENT + talks)
    assert written(when("day", ["2"], fest)) == "05-28T00:00..05-29T00:00"
