"""The picture that messengers show beside a link to the site: name, days and town of the fest."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from mkdocs_impldays.dates import days_in_words
from mkdocs_impldays.feeds.lettering import Lettering
from mkdocs_impldays.feeds.opengraph import Picture
from mkdocs_impldays.feeds.places import country_name
from mkdocs_impldays.feeds.texts import line
from mkdocs_impldays.fest import Fest

WIDTH, HEIGHT = 1200, 630
"""Pixels: the 1.91:1 that Open Graph's readers show uncropped."""

_WHITE = "#ffffff"
"""At least as readable on the fest's primary colour as its accent, which `Look` checks."""

_MARGIN = 90
_LEADING = 1.4
_TITLE = range(112, 47, -4)
_SMALL = range(52, 27, -4)


def card_path(fest: Fest) -> str:
    """Give the card's path from the site's root."""
    return f"assets/impldays/{fest.id}-card.png"


def card_picture(fest: Fest) -> Picture:
    """Give what a link preview needs to know of the card; its text has every script."""
    parts = filter(None, [line(fest.name), _days(fest), _town(fest)])
    return Picture(card_path(fest), ", ".join(parts), WIDTH, HEIGHT)


def card_png(fest: Fest, *, font: bytes | None = None) -> bytes:
    """Draw the card as PNG; the same fest, font and Pillow give the same bytes.

    `font` is the file of a font to use instead of the one the package ships, for scripts that one
    lacks. What the font cannot write is written with the fest's id and dates in digits, or left
    out.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - takes 50 ms, only for builds that draw

    letters = Lettering(font) if font else Lettering.shipped()
    image = Image.new("RGB", (WIDTH, HEIGHT), fest.look.primary)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, HEIGHT), fill=fest.look.accent)
    rows = [
        (row, size, fill)
        for text, sizes, lines, fill in _rows(fest, letters)
        for size, broken in [letters.fit(text, width=WIDTH - 2 * _MARGIN, sizes=sizes, lines=lines)]
        for row in broken
    ]
    y = (HEIGHT - sum(size * _LEADING for _, size, _ in rows)) / 2
    for row, size, fill in rows:
        draw.text((_MARGIN, y), row, font=letters.at(size), fill=fill)
        y += size * _LEADING
    file = BytesIO()
    image.save(file, format="PNG", optimize=True)
    return file.getvalue()


def _rows(fest: Fest, letters: Lettering) -> list[tuple[str, range, int, str]]:
    """Give what is written, with sizes, number of lines and colour."""
    title = letters.writable(line(fest.name)) or fest.id
    days = letters.writable(_days(fest)) or _digits(fest)
    town = letters.writable(_town(fest)) or ""
    rows = [
        (title, _TITLE, 3, _WHITE),
        (days, _SMALL, 2, fest.look.accent),
        (town, _SMALL, 1, _WHITE),
    ]
    return [row for row in rows if row[0]]


def _days(fest: Fest) -> str:
    days = _dates(fest)
    return line(days_in_words(days, locale=fest.language)) if days else ""


def _digits(fest: Fest) -> str:
    days = _dates(fest)
    return days_in_words(days, "iso", locale=fest.language).replace("/", " – ") if days else ""


def _dates(fest: Fest) -> list[date]:
    return [day.date for event in fest.events.values() for day in event.known_days]


def _town(fest: Fest) -> str:
    return f"{line(fest.city)}, {country_name(fest.country, fest.language)}"
