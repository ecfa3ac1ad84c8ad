"""The filters that pages have besides Jinja's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from jinja2 import pass_context
from jinja2.runtime import Context

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.facts import Facts, PageError
from mkdocs_impldays.words import dates


def filters(locale: str) -> dict[str, Callable[..., object]]:
    """Return the filters; dates are in `locale` unless a page names another."""

    def in_words(days: object, style: str = "weekdays", **options: object) -> str:
        value = days.value if isinstance(days, Facts) else days
        month: dates.Month | None = None
        if isinstance(value, Day | Event | Fest):
            value = list(value.dates) or (None if isinstance(value, Day) else value.month)
        if isinstance(value, datetime):
            shown = str(days["iso"]) if isinstance(days, Facts) else value.isoformat()
            value = [date.fromisoformat(shown[:10])]
        elif isinstance(value, date):
            value = [value]
        if isinstance(value, dates.Month):
            month = value
            value = [month.first]
        if not isinstance(value, list) or not all(isinstance(day, date) for day in value):
            advice = "Write it after dates, like events.impl_days.dates."
            raise PageError(f'applies "dates" to what has no dates. {advice}')
        wrong = options.keys() - {"locale", "year", "weekday"}
        if wrong:
            what = "is not an option of “dates”. Write locale, year or weekday."
            raise PageError(what, subject=min(wrong))
        language = str(options.pop("locale", locale))
        try:
            if month:
                return dates.month_in_words(month, style, locale=language)
            return dates.days_in_words(value, style, locale=language, **options)  # type: ignore[arg-type]
        except ValueError as error:
            raise PageError(str(error)) from None

    return {"dates": in_words}


def filters_in_templates() -> dict[str, Callable[..., object]]:
    """Return the filters for templates, in the language of the `fest` in their context."""

    @pass_context
    def in_words(context: Context, *args: object, **options: object) -> object:
        fest = context.get("fest")
        language = fest["language"] if isinstance(fest, Facts) else "en"
        return filters(str(language))["dates"](*args, **options)

    return {"dates": in_words}
