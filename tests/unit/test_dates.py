"""Dates in words: a table that was read line by line, CLDR itself, and what holds everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from babel.dates import format_date, format_interval
from babel.localedata import locale_identifiers
from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_impldays.words.dates import STYLES, days_in_words, jekyll_days
from mkdocs_impldays.words.times import hour_in_words, moment_in_words

GOLDEN = sorted((Path(__file__).parents[1] / "golden" / "dates").glob("*.yml"))
EVERY_LOCALE = st.sampled_from(sorted(locale_identifiers()))
SOME_DAYS = st.lists(st.dates(date(2001, 1, 1), date(2099, 12, 31)), min_size=1, max_size=4)
PARIS = ZoneInfo("Europe/Paris")


def plain(text: str) -> str:
    """Put common spaces for the thin and the unbreakable."""
    return re.sub("[\u2009\u202f\xa0]", " ", text)


def tables(part: str) -> Iterator[Any]:
    for path in GOLDEN:
        table = yaml.safe_load(path.read_text("utf-8"))
        rows = table[part]
        for name in rows:
            row = rows[name] if isinstance(rows, dict) else name
            yield pytest.param(table["locale"], row, id=f"{table['locale']}-{name}")


def written(days: list[date], manner: str, locale: str) -> str:
    match manner.split():
        case ["jekyll"]:
            return jekyll_days(days, locale=locale)
        case ["jekyll", "with", "breaks"]:
            return jekyll_days(days, locale=locale, line_break="<br>")
        case [style, "without", "year"]:
            return days_in_words(days, style, locale=locale, year=False)
        case [style, "with", "weekday"]:
            return days_in_words(days, style, locale=locale, weekday=True)
    return days_in_words(days, manner, locale=locale)


@pytest.mark.parametrize(("locale", "row"), list(tables("days")))
def test_days_read_as_in_the_table(locale: str, row: dict[str, Any]) -> None:
    days = row["days"]
    expected = {manner: text for manner, text in row.items() if manner != "days"}
    assert {manner: written(days, manner, locale) for manner in expected} == expected


@pytest.mark.parametrize(("locale", "row"), list(tables("moments")))
def test_moments_read_as_in_the_table(locale: str, row: dict[str, str]) -> None:
    moment = datetime.fromisoformat(row["at"]).replace(tzinfo=ZoneInfo(row["zone"]))
    for style in ("weekdays", "short"):
        assert moment_in_words(moment, locale=locale, style=style) == row[style]


@pytest.mark.parametrize("locale", ["de", "en-GB", "en-US", "es", "fr", "ja", "nl", "sv", "hu"])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2018, 5, 28), date(2018, 5, 29)),
        (date(2018, 5, 26), date(2018, 5, 29)),
        (date(2017, 9, 30), date(2017, 10, 3)),
        (date(2018, 12, 30), date(2019, 1, 2)),
    ],
)
def test_short_ranges_are_those_cldr_has(locale: str, first: date, last: date) -> None:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    ours = days_in_words(days, "short", locale=locale)
    cldr = format_interval(first, last, "yMMMd", locale=locale.replace("-", "_"))
    assert re.sub(" ?– ?", "–", plain(ours)) == re.sub(" ?– ?", "–", plain(cldr))


@given(locale=EVERY_LOCALE, day=st.dates(date(2001, 1, 2), date(2099, 12, 31)))
def test_one_day_reads_as_cldr_writes_it(locale: str, day: date) -> None:
    assume(locale != "en" and day.day != 1)  # they are meant to differ, as the table has them
    assert days_in_words([day], locale=locale) == format_date(day, "long", locale=locale)


@given(
    locale=EVERY_LOCALE,
    days=SOME_DAYS,
    style=st.sampled_from([style for style in STYLES if style != "iso"]),
    weekday=st.sampled_from([None, True, False]),
)
def test_every_language_shows_first_and_last_day_and_year(
    locale: str, days: list[date], style: str, weekday: bool | None
) -> None:
    text = days_in_words(days, style, locale=locale, weekday=weekday)
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    for day in (min(days), max(days)):
        assert {day.day, day.year} <= numbers
    assert "  " not in text
    assert text == text.strip()


@given(locale=EVERY_LOCALE, days=SOME_DAYS)
def test_a_list_shows_every_day(locale: str, days: list[date]) -> None:
    numbers = {
        int(number) for number in re.findall(r"\d+", days_in_words(days, "and", locale=locale))
    }
    assert {day.day for day in days} <= numbers


@given(locale=EVERY_LOCALE, days=SOME_DAYS)
def test_the_year_stays_away_when_it_is_not_wanted(locale: str, days: list[date]) -> None:
    year = r"20\d\d"
    assert re.search(year, days_in_words(days, locale=locale, year=True))
    text = days_in_words(days, locale=locale, year=False)
    assert not re.search(year, text)
    assert str(min(days).day) in text


@given(locale=EVERY_LOCALE, days=SOME_DAYS)
def test_line_breaks_only_take_the_place_of_spaces(locale: str, days: list[date]) -> None:
    one_line = jekyll_days(days, locale=locale)
    broken = jekyll_days(days, locale=locale, line_break="<br>")
    assert broken.count("<br>") == len(set(days)) - 1
    assert re.sub(r"\s", "", broken.replace("<br>", "")) == re.sub(r"\s", "", one_line)


@given(locale=EVERY_LOCALE, moment=st.datetimes(timezones=st.just(PARIS)))
def test_every_language_tells_the_hour(locale: str, moment: datetime) -> None:
    text = moment_in_words(moment, locale=locale)
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    assert moment.minute in numbers
    assert {moment.hour, moment.hour % 12, moment.hour % 12 or 12} & numbers


def test_taiwan_names_the_periods_of_its_day() -> None:
    assert hour_in_words(time(9), locale="zh-Hant") == "上午9:00"
    assert hour_in_words(time(18), locale="zh-Hant") == "下午6:00"


def test_a_zone_has_its_summer_and_its_winter_name() -> None:
    summer, winter = (datetime(2018, month, 1, 12, tzinfo=PARIS) for month in (7, 1))
    assert moment_in_words(summer, locale="de").endswith("MESZ")
    assert moment_in_words(winter, locale="de").endswith("MEZ")


def test_iso_dates_are_the_same_in_every_language() -> None:
    days = [date(2018, 5, 26), date(2018, 5, 28), date(2018, 5, 29)]
    for locale in ("en", "ar", "ja"):
        assert days_in_words(days, "iso", locale=locale) == "2018-05-26, 2018-05-28/2018-05-29"
    moment = datetime(2018, 5, 27, 18, tzinfo=PARIS)
    assert moment_in_words(moment, locale="fr", style="iso") == "2018-05-27T18:00+02:00"


def test_order_and_repetition_of_days_do_not_matter() -> None:
    days = [date(2018, 5, 29), date(2018, 5, 28), date(2018, 5, 29)]
    assert days_in_words(days, locale="en") == "28–29 May 2018"


def test_a_misspelt_style_is_guessed() -> None:
    with pytest.raises(
        ValueError, match=r'"weekday" is not a style of dates\. Did you mean "weekdays"'
    ):
        days_in_words([date(2018, 5, 28)], "weekday", locale="en")


def test_a_style_out_of_the_blue_is_answered_with_the_styles_there_are() -> None:
    with pytest.raises(ValueError, match="Write one of: short, long, weekdays, and, ordinal, iso"):
        moment_in_words(datetime(2018, 5, 28, tzinfo=PARIS), locale="en", style="qqq")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2018-05-28 00:00 has no time zone"):
        moment_in_words(datetime(2018, 5, 28), locale="en")  # noqa: DTZ001 - what is tested
