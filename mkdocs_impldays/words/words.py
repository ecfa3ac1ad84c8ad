"""What the plugin says in its own words, in the reader's language or in the organiser's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from markupsafe import Markup, escape

from mkdocs_impldays.words.dates import days_in_words, moment_in_words
from mkdocs_impldays.words.languages import direction, locale_of
from mkdocs_impldays.words.phrases import catalogue

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Words:
    """The phrases of one language, some of them in the organiser's own words, and its dates."""

    language: str
    """The language of the words (BCP 47): English where the phrases have no translation."""
    phrases: Mapping[str, str]
    """The phrases by their names, each with its placeholders in braces."""
    is_foreign: bool = False
    """Whether the language is not the one that was asked for."""

    @classmethod
    def of(cls, language: str, overrides: Mapping[str, str] = _NONE) -> Words:
        """Give the words of a language, with those of the fest file before them.

        The overrides are taken as good: `phrases.phrase_problem` tells which are not. Raises
        `ValueError` with a message for the user where CLDR does not know the language.
        """
        tag, phrases = catalogue(locale_of(language).language)
        is_own = locale_of(language).language == tag
        return cls(language if is_own else tag, {**phrases, **overrides}, is_foreign=not is_own)

    @property
    def attributes(self) -> Markup:
        """Give the attributes of an element with such words on a page of another language."""
        if not self.is_foreign:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(self.language, direction(self.language))

    def say(self, name: str, **facts: object) -> str:
        """Give a phrase as plain text, with its facts filled in by their names."""
        return self.phrases[name].format(**facts)

    def phrase(self, name: str, **facts: object) -> Markup:
        """Give a phrase as HTML; a fact that is no markup itself is text, whatever it looks like.

        So a date can stand in its `<time>` element within the sentence.
        """
        return escape(self.phrases[name]).format(**facts)

    def moment(self, moment: datetime, style: str = "weekdays") -> Markup:
        """Give an aware moment as a `<time>` element, in the venue's words.

        `data-yours` has the words for the visitor's own time, with “…” where a script puts it.
        """
        return Markup('<time datetime="{}" data-yours="({})">{}</time>').format(
            moment.isoformat(timespec="minutes"),
            self.say("hours.yours", time="…"),
            moment_in_words(moment, locale=self.language, style=style),
        )

    def days(self, days: Sequence[date], style: str = "long") -> Markup:
        """Give days as HTML, each date that is named in a `<time>` element of its own."""
        return Markup(days_in_words(days, style, locale=self.language, mark=_time))  # noqa: S704 - dates


def _time(day: date, text: str) -> str:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)
