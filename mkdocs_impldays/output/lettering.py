"""Writing text on a picture: what the font can write, in lines that fit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SHIPPED = "DejaVuSans-Bold.ttf"
"""Latin, Greek, Cyrillic, Armenian, Georgian and more. Not Chinese, Japanese or Korean, whose fonts
are ten times the size of this package."""

_NO_CHARACTER = "\U0010fffe"


@dataclass(frozen=True)
class Lettering:
    """A font, and what it can write."""

    data: bytes
    """The font's file, TrueType or OpenType."""

    @classmethod
    @cache
    def shipped(cls) -> Lettering:
        """Give the font that comes with the package."""
        return cls(files("mkdocs_impldays.output").joinpath("fonts", SHIPPED).read_bytes())

    def at(self, size: int) -> FreeTypeFont:
        """Give the font at a height in pixels.

        The basic layout gives the same picture on every machine; Raqm may be there or not.
        """
        from PIL import ImageFont  # noqa: PLC0415 - takes 50 ms, only for builds that draw

        return ImageFont.truetype(BytesIO(self.data), size, layout_engine=ImageFont.Layout.BASIC)

    @cached_property
    def _sample(self) -> FreeTypeFont:
        return self.at(32)

    @cached_property
    def _unknown(self) -> bytes:
        """What stands for a character that the font does not have."""
        return self._shape(_NO_CHARACTER)

    def _shape(self, character: str) -> bytes:
        return bytes(self._sample.getmask(character))

    @lru_cache(maxsize=1024)  # noqa: B019 - of a font or two, which live as long
    def _has(self, character: str) -> bool:
        return self._shape(character) != self._unknown

    def writable(self, text: str) -> str | None:
        """Give what can be written of a text: signs without a shape are left out.

        `None` where a letter or digit is missing, or where letters would have to be joined or run
        from right to left, which the basic layout does not do: no text is better than a false one.
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
        """Give the largest size at which a text fits into some lines of a width, and the lines.

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
        """Break a text between words, and within a word that is longer than a line."""
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
