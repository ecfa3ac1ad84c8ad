"""What all parts of a fest file have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A part of a fest file: frozen, no key but the documented ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
