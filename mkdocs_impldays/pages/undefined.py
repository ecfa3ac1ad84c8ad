"""What a name stands for that is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Undefined


class Unknown(Undefined):
    """What a name stands for that is not there: reported where it is used, then nothing."""

    __slots__ = ("_is_absent", "_report")

    def __init__(
        self, message: str, report: Callable[[str], None], *, is_absent: bool = False
    ) -> None:
        super().__init__(hint=message)
        self._report = report
        self._is_absent = is_absent

    @property
    def told(self) -> str:
        """What is reported of it."""
        return self._undefined_message

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name: object) -> Any:
        return self

    def __str__(self) -> str:
        self._report(self._undefined_message)
        return ""

    __html__ = __str__

    def __len__(self) -> int:
        return 0 if self._is_absent else len(str(self))

    def __bool__(self) -> bool:
        return len(self) > 0

    def __iter__(self) -> Any:
        return iter(() if self._is_absent else str(self))

    def __call__(self, *_args: object, **_kwargs: object) -> Any:  # noqa: D102 - magic too
        return str(self)
