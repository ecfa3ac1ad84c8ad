"""What all parts of a fest file have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A part of a fest file: frozen, no key but the documented ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @property
    def known_apart(self) -> dict[str, Any]:
        """What it knows beyond its keys in the file: its private attributes, by their names.

        Pydantic looks for a private attribute by its name only after all else, which takes ten
        times as long; calendars and pages ask for each day's hours again and again.
        """
        return self.__pydantic_private__ or {}
