"""The look of a fest: its colours with enough contrast, and the motif of its drawn days."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, model_validator

from mkdocs_impldays.fest.model import Model, wrong
from mkdocs_impldays.fest.values import Colour, Picture, one_of

READABLE = 4.5
"""The least contrast of text and its background (WCAG 2.2, success criterion 1.4.3)."""

DARK_PAGE = "#1e2129"
"""The background of Material's dark pages, on which links have the accent colour."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


Motif = Literal["arches", "blocks", "peaks", "roofs"]
"""The shape in which the site draws the days of a fest."""


TypedMotif = Annotated[Motif, BeforeValidator(one_of(*get_args(Motif)))]


class Look(Model):
    """The colours of a fest and the motif for its city."""

    primary: Colour = "#26323f"
    """The dark colour: backgrounds, and links on light pages. Like "#1f3a5f"."""
    accent: Colour = "#f2b84b"
    """The light colour: highlights, and links on dark pages. Like "#f4b860"."""
    motif: TypedMotif = "blocks"
    """The shape of the drawn days: `arches`, `blocks`, `peaks` or `roofs`."""
    picture: Picture | None = None
    """A photo, drawing or logo in the folder of your pages, instead of the drawn days."""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if luminance(self.primary) > luminance(self.accent):
            raise wrong(f'"{self.primary}" is lighter than its accent. Swap the two.')
        for ground, named in ((self.primary, "the primary colour"), (DARK_PAGE, "dark pages")):
            if (ratio := contrast(self.accent, ground)) < READABLE:
                message = f'"{self.accent}" has a contrast of {ratio:.1f} on {named}; people need'
                advice = "Write a lighter accent or a darker primary."
                raise wrong(f"{message} {READABLE}. {advice}", at=("accent",))
        return self
