"""How wide and high a picture of the site is, so that a browser can leave room for it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from markupsafe import Markup

_HEAD = 65_536
"""How many bytes of an SVG file are read: its first element is in them."""

_LENGTH = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)([a-z]*)\s*")
_TURNED = range(5, 9)
"""The orientations by which a photo lies on its side (Exif 2.3, tag 274)."""


def size_attributes(path: Path) -> Markup:
    """Return `width` and `height` in pixels, to follow the tag's name; none, if it has no size."""
    size = None
    with suppress(OSError):
        size = _svg_size(path) if path.suffix.lower() == ".svg" else _raster_size(path)
    return Markup(' width="{}" height="{}"').format(*size) if size else Markup()


def _raster_size(path: Path) -> tuple[int, int] | None:
    """Return the size by the first bytes of a file, as it is shown."""
    from PIL import ExifTags, Image  # noqa: PLC0415 - it takes a while, for few sites

    with suppress(ValueError, SyntaxError, Image.DecompressionBombError), Image.open(path) as image:
        width, height = image.size
        is_turned = image.getexif().get(ExifTags.Base.Orientation) in _TURNED
        return (height, width) if is_turned else (width, height)
    return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    """Return the size by the first element: its lengths in one unit, else those of its view box."""
    with path.open("rb") as file:
        attributes = _first_element(file.read(_HEAD))
    lengths = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if lengths[0] and lengths[1] and lengths[0][2] == lengths[1][2]:
        numbers = [lengths[0][1], lengths[1][1]]
    else:
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())[2:]
    with suppress(ValueError, OverflowError):
        width, height = (round(float(number)) for number in numbers)
        return (width, height) if width > 0 and height > 0 else None
    return None


def _first_element(raw: bytes) -> dict[str, str]:
    """Return the attributes of the first element of XML.

    Drawing programs declare entities of their own; expat limits how long they make a text.
    """
    found: list[dict[str, str]] = []

    def begin(_name: str, attributes: dict[str, str]) -> None:
        found.append(attributes)
        parser.StartElementHandler = None

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    with suppress(expat.ExpatError):
        parser.Parse(raw)
    return found[0] if found else {}
