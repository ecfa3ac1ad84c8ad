"""Colours as `#rrggbb`, and whether people can read one upon another."""

from __future__ import annotations

import re

READABLE = 4.5
"""The least contrast of text and its ground (WCAG 2.2, success criterion 1.4.3)."""

DARK_PAGE = "#1e2129"
"""The ground of Material's dark pages, upon which the accent is the colour of links."""


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour of six hexadecimal digits, like `#1f3a5f`."""
    return bool(re.fullmatch("#[0-9a-fA-F]{6}", text))


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, from 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
