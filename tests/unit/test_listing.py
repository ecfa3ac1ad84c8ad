"""The list of fests: groups, their order, and when each is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.current import Group, groups_of
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.names.fests import listings
from mkdocs_impldays.pages.timed import View, instant
from tests.unit.test_current import FOUR, load

FESTS = load(FOUR)
HOURS = st.integers(0, 3 * 365 * 24).map(
    lambda hours: datetime(2017, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@given(HOURS)
def test_what_is_shown_is_what_stands_there_at_that_moment(moment: datetime) -> None:
    for listing in listings(FESTS, View(moment)):
        seen = {fest.id for fest, shown in listing.fests if "hidden" not in shown}
        assert seen == {f.id for f in FESTS if at(groups_of(f), moment) is listing.group}
        assert ("hidden" not in listing.shown) == bool(seen)


def test_groups_that_no_fest_will_be_in_are_left_out() -> None:
    late = datetime.fromisoformat("2026-01-01T00:00+00:00")
    assert [listing.group for listing in listings(FESTS, View(late))] == [Group.PAST]
    assert len(listings(FESTS, View(late, is_preview=True))) == 3


def test_a_group_is_shown_from_its_first_fest_on() -> None:
    early = datetime.fromisoformat("2017-01-01T00:00+00:00")
    past = listings(FESTS, View(early))[-1]
    first = min(fest.end for fest in FESTS if fest.end)
    assert past.group is Group.PAST
    assert f'data-from="{instant(first)[:10]}' in past.shown
    assert "data-until" not in past.shown


@given(HOURS)
def test_what_comes_next_is_listed_first_and_what_is_over_latest_first(moment: datetime) -> None:
    number = 0
    for listing in listings(FESTS, View(moment)):
        seen = [fest.id[-4:] for fest, shown in listing.fests if "hidden" not in shown]
        assert seen == sorted(seen, reverse=listing.group is Group.PAST)
        number += len(seen)
    assert number == len(FESTS)


def test_fests_without_a_known_day_come_after_those_that_have_one() -> None:
    early = datetime.fromisoformat("2017-01-01T00:00+00:00")
    postponed = FESTS[0].model_copy(update={"status": "postponed"})
    every = listings([postponed, *FESTS[1:]], View(early))
    upcoming = next(each for each in every if each.group is Group.UPCOMING)
    assert [fest.id for fest, _ in upcoming.fests][-1] == postponed.id
