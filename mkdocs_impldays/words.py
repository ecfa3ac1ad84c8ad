"""What the plugin says in its own words, in the reader's language or in the organiser's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup, escape

from mkdocs_impldays.phrases import catalogue

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Words:
    """The phrases of one language, some of them in the organiser's own words."""

    language: str
    """The language the phrases are in (BCP 47): English where there is no translation."""
    phrases: Mapping[str, str]
    """The phrases by their names, each with its placeholders in braces."""

    @classmethod
    def of(cls, language: str, overrides: Mapping[str, str] = _NONE) -> Words:
        """Give the phrases of a language, with those of the fest file before them.

        The overrides are taken as good: `phrases.phrase_problem` tells which are not.
        """
        tag, phrases = catalogue(language)
        return cls(tag, {**phrases, **overrides})

    def say(self, key: str, **facts: object) -> str:
        """Give a phrase as plain text, with its facts filled in by their names."""
        return self.phrases[key].format(**facts)

    def markup(self, key: str, **facts: object) -> Markup:
        """Give a phrase as HTML; a fact that is no markup itself is text, whatever it looks like.

        So a date can stand in its `<time>` element within the sentence.
        """
        return escape(self.phrases[key]).format(**facts)
