"""The width and height of a picture of the site, so that pages do not shift while it loads."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from markupsafe import Markup

_HEAD = 65_536
"""The bytes of an SVG file that are read, to find its first element."""

_LENGTH = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)([a-z]*)\s*")
_TURNED = range(5, 9)
"""The orientations of photos that are rotated by 90° (Exif 2.3, tag 274)."""


def size_attributes(path: Path) -> Markup:
    """Return the attributes `width` and `height` in pixels; empty if the size is not known."""
    size = None
    with suppress(OSError):
        size = _svg_size(path) if path.suffix.lower() == ".svg" else _raster_size(path)
    return Markup(' width="{}" height="{}"').format(*size) if size else Markup()


def _raster_size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of a photo as it is shown; `None` if it cannot be read."""
    from PIL import ExifTags, Image  # noqa: PLC0415 - it takes a while, for few sites

    with suppress(ValueError, SyntaxError, Image.DecompressionBombError), Image.open(path) as image:
        width, height = image.size
        is_turned = image.getexif().get(ExifTags.Base.Orientation) in _TURNED
        return (height, width) if is_turned else (width, height)
    return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    """Return the lengths of the first element if they share a unit, else its view box."""
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
    """Return the attributes of the first element of XML; none if it is not valid.

    Drawing programs declare entities; expat limits how much they expand to.
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
