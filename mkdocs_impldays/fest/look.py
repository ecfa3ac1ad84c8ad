"""The colours of a fest, and the shape in which the site draws its days."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, model_validator

from mkdocs_impldays.fest.colours import DARK_PAGE, READABLE, contrast, luminance
from mkdocs_impldays.fest.kinds import Colour
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.readers import one_of
from mkdocs_impldays.fest.typed import wrong

Motif = Literal["arches", "blocks", "peaks", "roofs"]
"""The shape in which the site draws the days of a fest."""


class Look(Model):
    """The colours of a fest and the shape that stands for its city."""

    primary: Colour = "#26323f"
    """The dark colour: grounds, and links on light pages. Like "#1f3a5f"."""
    accent: Colour = "#f2b84b"
    """The light colour: what is lit, and links on dark pages. Like "#f4b860"."""
    motif: Annotated[Motif, BeforeValidator(one_of(*get_args(Motif)))] = "blocks"
    """The shape of the drawn days: `arches`, `blocks`, `peaks` or `roofs`."""

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
