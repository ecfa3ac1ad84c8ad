import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.clock import (
    UNSET,
    on_clock,
    read_date,
    read_deadline,
    read_moment,
    read_time,
    read_time_or_moment,
    read_zone,
)

PARIS = ZoneInfo("Europe/Paris")


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_a_date_is_read_as_it_is_written(day: date) -> None:
    assert read_date(f" {day.isoformat()} ") == day


@given(st.times())
def test_a_time_is_read_to_the_minute(clock: time) -> None:
    whole = clock.replace(second=0, microsecond=0)
    assert read_time(f"{clock:%H:%M}") == whole
    assert read_time(f"{clock:%H:%M}:00") == whole


@given(st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001 - as typed
def test_a_moment_is_what_the_clocks_show_then(typed: datetime) -> None:
    stamp = f"{typed:%Y-%m-%d %H:%M}"
    try:
        moment = read_moment(stamp, PARIS)
    except ValueError as error:
        assert "is skipped by the clocks" in str(error)  # noqa: PT017 - most times are not
    else:
        assert f"{moment.astimezone(UTC).astimezone(PARIS):%Y-%m-%d %H:%M}" == stamp


def test_a_date_alone_opens_with_its_first_minute_and_closes_with_its_last() -> None:
    assert read_moment("2018-05-27", PARIS) == datetime(2018, 5, 26, 22, 0, tzinfo=UTC)
    assert read_deadline("2018-05-27", PARIS) == datetime(2018, 5, 27, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize("offset", ["+02:00", "+0200", " +02:00"])
def test_the_offset_that_the_zone_has_may_be_typed(offset: str) -> None:
    assert read_moment(f"2018-05-27T18:00{offset}", PARIS) == datetime(
        2018, 5, 27, 16, 0, tzinfo=UTC
    )


@pytest.mark.parametrize("offset", ["+01:00", "Z", "-02:00", "+02:30"])
def test_another_offset_is_refused_with_the_right_one(offset: str) -> None:
    with pytest.raises(ValueError, match=r"has \+02:00 then"):
        read_moment(f"2018-05-27T18:00{offset}", PARIS)


def test_any_offset_may_be_right_where_the_zone_is_not_known() -> None:
    assert read_moment("2018-05-27 18:00 -07:00", UNSET)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    moment = on_clock(date(2018, 10, 28), time(2, 30), PARIS)
    assert moment.astimezone(UTC).hour == 0


def test_an_hour_that_is_skipped_is_the_moment_of_the_jump_for_who_is_lenient() -> None:
    moment = on_clock(date(2018, 3, 25), time(2, 0), PARIS, lenient=True)
    assert moment.astimezone(UTC) == datetime(2018, 3, 25, 1, 0, tzinfo=UTC)


def test_a_closing_is_a_time_or_a_moment() -> None:
    assert read_time_or_moment("18:00", PARIS) == time(18)
    assert read_time_or_moment("2018-05-29 02:00", PARIS) == datetime(2018, 5, 29, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["Europe/Paris", "America/Argentina/Ushuaia", "Asia/Kolkata", "UTC"]
)
def test_a_zone_is_read_by_its_name(name: str) -> None:
    assert read_zone(name).key == name


@given(st.sampled_from(sorted(available_timezones())) | st.text())
def test_a_zone_has_a_place_in_its_name(name: str) -> None:
    try:
        assert re.fullmatch(r"UTC|(?!Etc/).+/.+", read_zone(name).key)
    except ValueError as error:
        assert "time zone" in str(error) or "is empty" in str(error)  # noqa: PT017 - both may be


@pytest.mark.parametrize(
    ("zone", "day"), [("Africa/Cairo", "2027-04-30"), ("America/Santiago", "2027-09-05")]
)
def test_a_date_means_its_first_minute_where_the_clocks_skip_midnight(zone: str, day: str) -> None:
    assert f"{read_moment(day, ZoneInfo(zone)):%Y-%m-%d %H:%M}" == f"{day} 01:00"


def test_a_skipped_time_is_the_moment_of_the_jump_not_as_long_after_it() -> None:
    moment = on_clock(date(2018, 3, 25), time(2, 30), PARIS, lenient=True)
    assert moment == datetime(2018, 3, 25, 1, 0, tzinfo=UTC)
