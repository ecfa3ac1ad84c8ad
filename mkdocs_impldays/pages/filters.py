"""Jinja's filters and tests for pages, which may pass any arguments, with limited work."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from functools import wraps
from itertools import islice
from typing import Any, cast

from jinja2 import filters, tests
from jinja2.exceptions import TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Undefined
from jinja2.utils import _PassArg

from mkdocs_impldays.pages.facts import Facts, PageError
from mkdocs_impldays.pages.limits import LARGEST, TOO_LARGE, Budget, OverworkError
from mkdocs_impldays.pages.printing import refuse_macros, text_of
from mkdocs_impldays.problems import quoted

OF_TEXT = frozenset(
    {"capitalize", "lower", "replace", "title", "trim", "truncate", "upper", "wordcount"}
)
OF_LISTS = frozenset(
    {"count", "first", "groupby", "last", "length", "list", "map", "max", "min", "reject",
     "rejectattr", "reverse", "select", "selectattr", "sort", "sum", "unique"}
)  # fmt: skip
OF_NAMES = frozenset({"dictsort", "items"})
OF_NUMBERS = frozenset({"abs", "float", "int"})
OF_ANYTHING = frozenset({"d", "default"})

FILTERS = OF_TEXT | OF_LISTS | OF_NAMES | OF_NUMBERS | OF_ANYTHING
"""The filters of Jinja whose result is not larger than their value, unlike `center`."""

_OF_NUMBERS_ALONE = frozenset({"divisibleby", "even", "odd"})
"""Tests that calculate with `%`, which would format a text."""

_HANDLED = (
    MemoryError,
    OverworkError,
    PageError,
    RecursionError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
_Function = Callable[..., Any]


def guarded_filters(budget: Budget) -> dict[str, Any]:
    """Return the filters, which count the size of their arguments and results."""
    return {name: _filter(name, filters.FILTERS[name], budget) for name in FILTERS}


def guarded_tests(budget: Budget) -> dict[str, Any]:
    """Return all tests, as after `is`, which count the size of their arguments."""
    return {
        name: _test(name, test, budget)
        for name, test in cast("dict[str, _Function]", tests.TESTS).items()
    }


def guarded(what: str, function: _Function, budget: Budget) -> _Function:
    """Return a function of Jinja or Python that pages may call with any arguments.

    It raises `PageError` with `what` it is, like `the filter "truncate"`, if they are not valid.
    """
    first = _value_at(function)

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        budget.spend(steps=1)
        budget.read([*args[first:], kwargs])
        try:
            return budget.made(_listed(function(*args, **kwargs), budget))
        except _HANDLED:
            raise
        except Exception:  # noqa: BLE001 - each function raises others for invalid arguments
            message = f"uses {what} with a value or an option that does not fit. See the manual."
            raise PageError(message) from None

    return call


def _listed(value: Any, budget: Budget) -> object:
    """Return an iterator or a view as a list, so that its items can be counted."""
    if not isinstance(value, Iterator | KeysView | ValuesView | ItemsView):
        return value
    items = list(islice(value, budget.steps + 1))
    budget.spend(steps=len(items) // 10)
    return items


def _value_at(function: _Function) -> int:
    """Return the position of the value among the arguments, which is after Jinja's own."""
    return 0 if _PassArg.from_obj(function) is None else 1


def _filter(name: str, function: _Function, budget: Budget) -> _Function:
    at = _value_at(function)
    checked = _CHECKS[name](function) if name in _CHECKS else function
    call = guarded(f"the filter {quoted(name)}", checked, budget)

    @wraps(function)
    def fitted(*args: Any, **kwargs: Any) -> Any:
        value = _as_kind(name, args[at])
        if name not in OF_ANYTHING:
            refuse_macros(value, *args[at + 1 :])
        if name in OF_TEXT and not isinstance(value, str | Undefined):
            raise PageError(f"uses the filter {quoted(name)}, which needs a text before it.")
        return call(*args[:at], value, *args[at + 1 :], **kwargs)

    return fitted


def _as_kind(name: str, value: object) -> object:
    """Return a group of facts, or a number, as the type of value that a filter needs."""
    if name in OF_TEXT and isinstance(value, int | float):
        return text_of(value)
    if not isinstance(value, Facts):
        return value
    if name in OF_TEXT | OF_NUMBERS and value.text is not None:
        return value.text
    if name in OF_LISTS:
        return list(value.given().values())
    if name in OF_NAMES:
        return value.given()
    return Undefined() if name in OF_ANYTHING and not value else value


def _replace(function: _Function) -> _Function:
    """Return `replace` with a limit of the size of its result."""

    @wraps(function)
    def replace(context: Any, s: str, old: str, new: str, count: int | None = None) -> object:
        text, old, new = str(s), _text(old), _text(new)
        if len(text) + text.count(old) * len(new) > LARGEST:
            raise OverworkError(TOO_LARGE)
        return function(context, s, old, new, count)

    return replace


def _text(value: object) -> str:
    """Return an argument of `replace` as text; raise `PageError` if it has none."""
    text = str(value) if isinstance(value, Facts) else text_of(value)
    if text is None:
        raise PageError('uses the filter "replace", which replaces one text with another.')
    return text


def _sum(function: _Function) -> _Function:
    """Return `sum` for numbers only: lists would be concatenated, and grow each time."""

    @wraps(function)
    def add(
        environment: Any, iterable: Iterable[Any], attribute: Any = None, start: Any = 0
    ) -> object:
        items = list(iterable)
        if attribute is not None:
            items = list(map(filters.make_attrgetter(environment, attribute), items))
        if not all(isinstance(each, int | float) for each in (start, *items)):
            raise PageError('uses the filter "sum", which adds numbers only.')
        return function(environment, items, None, start)

    return add


def _unique(function: _Function) -> _Function:
    """Return `unique` without tuples, many of which can be made to have the same hash."""

    @wraps(function)
    def unique(
        environment: Any, value: Iterable[Any], case_sensitive: Any = False, attribute: Any = None
    ) -> object:
        items = list(value)
        keys = items
        if attribute is not None:
            keys = list(map(filters.make_attrgetter(environment, attribute), items))
        if any(isinstance(each, tuple) for each in keys):
            raise PageError('uses the filter "unique", which compares texts and numbers only.')
        return function(environment, items, case_sensitive, attribute)

    return unique


_CHECKS: Mapping[str, Callable[[_Function], _Function]] = {
    "replace": _replace,
    "sum": _sum,
    "unique": _unique,
}


def _test(name: str, function: _Function, budget: Budget) -> _Function:
    at = _value_at(function)
    call = guarded(f"the test {quoted(name)}", function, budget)

    @wraps(function)
    def test(*args: Any, **kwargs: Any) -> Any:
        value, *others = args[at:]
        if name in _OF_NUMBERS_ALONE and not all(
            isinstance(each, int | float) for each in (value, *others, *kwargs.values())
        ):
            raise PageError(f"uses the test {quoted(name)}, which is for numbers only.")
        if name in {"defined", "undefined"} and isinstance(value, Facts) and not value:
            return name == "undefined"
        return call(*args, **kwargs)

    return test
