"""Jinja's filters that pages may use, with their work counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from jinja2 import filters

FILTERS = [
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int",
    "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
    "replace", "reverse", "select", "selectattr", "sort", "string", "sum", "title", "trim",
    "truncate", "unique", "upper", "wordcount",
]  # fmt: skip
"""Jinja's filters that make no more of a value than it holds."""


class Spend(Protocol):
    """Counts work, and raises an error when it is too much."""

    def __call__(self, *, steps: int = 0, characters: int = 0) -> None:
        """Count steps and characters."""
        ...


def counted_filters(spend: Spend) -> dict[str, Callable[..., Any]]:
    """Give the filters: none that makes much out of little, as `center` and `format` do."""
    return {name: _counted(name, filters.FILTERS[name], spend) for name in FILTERS}


def _counted(name: str, function: Callable[..., Any], spend: Spend) -> Callable[..., Any]:
    @wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        texts = [arg for arg in args if isinstance(arg, str)]
        spend(steps=1, characters=_most_written(name, texts))
        result = function(*args, **kwargs)
        spend(characters=len(result) if isinstance(result, str) else 0)
        return result

    return counted


def _most_written(name: str, texts: list[str]) -> int:
    """Give how many characters a filter may write, before it writes them."""
    if name == "replace" and len(texts) == 3:
        return len(texts[0]) + texts[0].count(texts[1]) * len(texts[2])
    return sum(map(len, texts))
