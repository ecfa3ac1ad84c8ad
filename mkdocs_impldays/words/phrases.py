"""The plugin's own phrases and their translations, as gettext catalogues hold them.

`locales/phrases.pot` has the phrases in English, each under the name by which code and fest files
know it, which stands in `msgctxt`. A `.po` beside it is a translation. They are read as they are,
once a process and in less than a millisecond each, so that nothing needs to be compiled.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType

from babel.messages.pofile import read_po

from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.languages import is_language

_FOLDER = files("mkdocs_impldays.words").joinpath("locales")

_NAMES = {"event", "fest"}
"""What a person may leave out of a phrase, since the page around it says it."""


@cache
def english() -> Mapping[str, str]:
    """Give the phrases in English by their names."""
    return _read("phrases.pot")


@cache
def catalogue(language: str) -> tuple[str, Mapping[str, str]]:
    """Give the phrases in a language (ISO 639, without a region), and the language they are in.

    A language without a catalogue of its own has the English one.
    """
    if language != "en" and _FOLDER.joinpath(f"{language}.po").is_file():
        return language, _read(f"{language}.po")
    return "en", english()


def _read(name: str) -> Mapping[str, str]:
    with _FOLDER.joinpath(name).open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return MappingProxyType(
        {str(message.context): str(message.string or message.id) for message in messages}
    )


def placeholders(phrase: str) -> set[str]:
    """Name what a phrase wants filled in: `{date}`.

    Raises `ValueError` where its braces are not paired, or hold more than a name.
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(phrase):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.add(name)
    return names


def phrase_problem(key: str, phrase: str) -> str | None:
    """Say what is wrong with a phrase in an organiser's own words; `None` where it is good."""
    if key not in english():
        advice = guess(key, english()) or ' Write one like "rsvp.opens".'
        return f"is not a known phrase.{advice}"
    wanted = placeholders(english()[key])
    try:
        used = placeholders(phrase)
    except ValueError:
        have = f" like {_listed(wanted)}" if wanted else ""
        return f"{quoted(phrase)} has a brace that is no placeholder{have}. Write {{{{ for a brace."
    if strange := sorted(used - wanted):
        near = guess(strange[0], wanted)
        can = f" It can have {_listed(wanted)}." if wanted else " Take it out."
        return f"{quoted(phrase)} has {_listed(strange)}, which is not filled in here.{near or can}"
    if missing := wanted - used - _NAMES:
        return f"{quoted(phrase)} lacks {_listed(missing)}. Put it where it is to be shown."
    return None


def phrase_troubles(phrases: object) -> list[tuple[tuple[str, ...], str]]:
    """Find what is wrong with the phrases of a fest file: each place in the file, and a sentence.

    They may be anything that was typed; what is no text at all is left to the fest's own kinds.
    """
    troubles: list[tuple[tuple[str, ...], str]] = []
    for key, typed in phrases.items() if isinstance(phrases, dict) else ():
        for where, phrase in _each(("phrases", key), typed):
            if isinstance(phrase, str) and (problem := phrase_problem(key, phrase)):
                colon = ":" if problem.startswith('"') else ""
                troubles.append((where, f"{'.'.join(where)}{colon} {problem}"))
    return troubles


def _each(where: tuple[str, ...], typed: object) -> list[tuple[tuple[str, ...], object]]:
    """Give a phrase in each language that it was typed in, with its place."""
    if isinstance(typed, dict) and all(map(is_language, typed)):
        return [((*where, tag), phrase) for tag, phrase in typed.items()]
    return [(where, typed)]


def _listed(names: set[str] | list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
