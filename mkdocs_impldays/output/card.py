"""The picture of a link preview: the name, the days and the city of the fest."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_impldays.fest.changes import STATUS_PHRASES, Notice, sentence
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.output.opengraph import Picture
from mkdocs_impldays.output.texts import line
from mkdocs_impldays.words.dates import days_in_words
from mkdocs_impldays.words.languages import country_name
from mkdocs_impldays.words.phrases import Words

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont


SHIPPED = "DejaVuSans-Bold.ttf"
"""Latin, Greek, Cyrillic, Armenian, Georgian and more. Not Chinese, Japanese or Korean, whose fonts
are ten times the size of this package."""

_NO_CHARACTER = "\U0010fffe"


@dataclass(frozen=True)
class Lettering:
    """A font, and the texts that it can write."""

    data: bytes
    """The file of the font, TrueType or OpenType."""

    @classmethod
    @cache
    def shipped(cls) -> Lettering:
        """Return the font that comes with the package."""
        return cls(files("mkdocs_impldays.output").joinpath("fonts", SHIPPED).read_bytes())

    def at(self, size: int) -> FreeTypeFont:
        """Return the font at a size in pixels.

        The basic layout, unlike Raqm, is available everywhere and gives the same picture.
        """
        from PIL import ImageFont  # noqa: PLC0415 - takes 50 ms, only for builds that draw

        return ImageFont.truetype(BytesIO(self.data), size, layout_engine=ImageFont.Layout.BASIC)

    @cached_property
    def _sample(self) -> FreeTypeFont:
        return self.at(32)

    @cached_property
    def _unknown(self) -> bytes:
        """The shape of characters that the font does not have."""
        return self._shape(_NO_CHARACTER)

    def _shape(self, character: str) -> bytes:
        return bytes(self._sample.getmask(character))

    @lru_cache(maxsize=1024)  # noqa: B019 - of a font or two, which live as long
    def _has(self, character: str) -> bool:
        return self._shape(character) != self._unknown

    def writable(self, text: str) -> str | None:
        """Return a text without the symbols that the font does not have.

        `None` if a letter or digit is missing, or if letters must be joined or run from right to
        left, which the basic layout cannot do.
        """
        kept = ""
        for character in unicodedata.normalize("NFC", text):
            kind = unicodedata.category(character)
            if unicodedata.bidirectional(character) in {"R", "AL", "AN"} or kind == "Mc":
                return None
            if character.isspace() or self._has(character):
                kept += character
            elif kind[0] in "LNM":
                return None
        return " ".join(kept.split()) or None

    def fit(self, text: str, *, width: int, sizes: range, lines: int) -> tuple[int, list[str]]:
        """Return the largest size at which a text fits into some lines of a width, and the lines.

        Text that does not fit at the smallest size ends in “…”.
        """
        for size in sizes:
            broken = self._broken(text, width, size)
            if len(broken) <= lines:
                return size, broken
        size = sizes[-1]
        kept = self._broken(text, width, size)[:lines]
        while self.at(size).getlength(kept[-1] + "…") > width:
            kept[-1] = kept[-1][:-1].rstrip()
        return size, [*kept[:-1], kept[-1] + "…"]

    def _broken(self, text: str, width: int, size: int) -> list[str]:
        """Return the lines of a text, broken between words and within too long ones."""
        font = self.at(size)
        lines: list[str] = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if font.getlength(longer) <= width:
                lines[-1] = longer
                continue
            lines += [""] if lines[-1] else []
            for letter in word:
                if lines[-1] and font.getlength(lines[-1] + letter) > width:
                    lines.append("")
                lines[-1] += letter
        return lines


WIDTH, HEIGHT = 1200, 630
"""In pixels: the ratio of 1.91:1 that link previews show uncropped."""

_WHITE = "#ffffff"
"""It has more contrast with the primary colour than the accent, which `Look` checks."""

_MARGIN = 90
_LEADING = 1.4
_TITLE = range(96, 47, -4)
_SMALL = range(52, 27, -4)


def card_path(fest: Fest) -> str:
    """Return the card's path from the site's root."""
    return f"assets/impldays/{fest.id}-card.png"


def card_picture(fest: Fest) -> Picture:
    """Return the card as the picture of a link preview; its alternative text has every script."""
    parts = filter(None, [_title(fest), _days(fest), _town(fest)])
    return Picture(card_path(fest), ", ".join(parts), WIDTH, HEIGHT)


def card_png(fest: Fest) -> bytes:
    """Return the card as PNG; the same fest and version of Pillow give the same bytes.

    If the font cannot write a text, it is the fest's id, the dates in digits, or omitted.
    """
    letters = Lettering.shipped()
    return _drawn(letters, _rows(fest, letters), fest.look.primary, fest.look.accent)


class _Row(NamedTuple):
    """A text of the card, in one or more lines."""

    text: str
    sizes: range
    lines: int
    fill: str


@lru_cache(maxsize=64)
def _drawn(letters: Lettering, rows: tuple[_Row, ...], ground: str, edge: str) -> bytes:
    """Return the PNG of rows of text; cached for `mkdocs serve`, which builds again and again."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - takes 50 ms, only for builds that draw

    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, HEIGHT), fill=edge)
    lines = [
        (text, size, row.fill)
        for row in rows
        for size, broken in [
            letters.fit(row.text, width=WIDTH - 2 * _MARGIN, sizes=row.sizes, lines=row.lines)
        ]
        for text in broken
    ]
    y = (HEIGHT - sum(size * _LEADING for _, size, _ in lines)) / 2
    for text, size, fill in lines:
        draw.text((_MARGIN, y), text, font=letters.at(size), fill=fill)
        y += size * _LEADING
    file = BytesIO()
    file.name = "card.png"  # by which newer Pillows load no other formats, 2 ms long
    image.quantize(method=Image.Quantize.FASTOCTREE).save(file)  # half the bytes
    return file.getvalue()


def _rows(fest: Fest, letters: Lettering) -> tuple[_Row, ...]:
    """Return the rows: the name or the status of the fest, the days, the city."""
    title = letters.writable(_title(fest)) or fest.id
    days = letters.writable(_days(fest)) or _digits(fest)
    town = letters.writable(_town(fest)) or ""
    rows = (
        _Row(title, _TITLE, 3, _WHITE),
        _Row(days, _SMALL, 2, fest.look.accent),
        _Row(town, _SMALL, 1, _WHITE),
    )
    return tuple(row for row in rows if row.text)


def _title(fest: Fest) -> str:
    """Return the fest's name, or the sentence that it is cancelled, postponed or online."""
    status = fest.status_of()
    if status not in STATUS_PHRASES:
        return line(fest.name)
    words = Words.of(fest.language, fest.phrases)
    return line(str(sentence(Notice(status), fest, words).striptags()))


def _days(fest: Fest) -> str:
    days = _dates(fest)
    return line(days_in_words(days, locale=fest.language)) if days else ""


def _digits(fest: Fest) -> str:
    days = _dates(fest)
    return days_in_words(days, "iso", locale=fest.language).replace("/", " – ") if days else ""


def _dates(fest: Fest) -> list[date]:
    if fest.awaits_days():  # the old days would be taken for the new ones
        return []
    return list(fest.dates)


def _town(fest: Fest) -> str:
    if fest.is_online() or not fest.city:
        return ""
    return f"{line(fest.city)}, {country_name(fest.country, fest.language)}"
