"""The values of names on pages: groups of facts, and macros.

They do not depend on Jinja, and are used by pages, theme templates and other engines.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property

from markupsafe import Markup, escape

from mkdocs_impldays.problems import guess, quoted, typed


class PageError(ValueError):
    """A mistake of a page's author, in the parts of its message."""

    def __init__(
        self,
        what: str,
        *,
        subject: object = None,
        group: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        """What is wrong, and what to do: a sentence without its subject."""
        self.subject = None if subject is None else typed(subject)
        """What it is about, quoted in the message; `None` for the whole tag."""
        self.group = group
        """The path of the group of facts that the subject is in, like `fest.event`; `""` for a name
        of its own, `None` if the subject is not a name."""
        self.line = line
        """The line of the template, if it is known before that runs."""

    def __str__(self) -> str:
        return self.what if self.subject is None else f"{quoted(self.subject)} {self.what}"


class Block(Markup):
    """HTML between paragraphs, at the indent of its call."""

    __slots__ = ()


class Inline(Markup):
    """HTML of one line, with inline elements only, as in a sentence or a table cell."""

    __slots__ = ()


class Facts:
    """A group of facts by their names, which may also be printed as a text.

    Iteration yields the facts, in the order of the file: `{% for event in events %}`.
    """

    def __init__(
        self,
        path: str,
        facts: Mapping[str, object] | Callable[[], Mapping[str, object]],
        *,
        text: str | None = None,
        value: object = None,
        is_sparse: bool = False,
    ) -> None:
        self.path = path.replace("-", "_")
        """Its path as authors write it, like `site.dates`."""
        self._facts = facts
        self.text = text
        """The text that it is printed as; `None` if it cannot be printed."""
        self.value = value
        """The typed value of the fest file, for filters."""
        self._is_sparse = is_sparse

    @cached_property
    def facts(self) -> dict[str, object]:
        """Its facts; one that the fest file could have and has not is `None`.

        If a function makes them, it is called at the first access, since most sites use few.
        """
        return dict(self._facts() if callable(self._facts) else self._facts)

    def __getitem__(self, name: object) -> object:
        """Return a fact; a name with hyphens may be written with underscores.

        Raises `KeyError` if there is none. A sparse group, for templates, raises it for `None` too,
        so that Jinja finds the name undefined.
        """
        if (fact := self.facts.get(str(name))) is not None:
            return fact
        for key in (name, *(key for key in self.facts if key.replace("-", "_") == name)):
            fact = self.facts.get(str(key))
            if key in self.facts and not (self._is_sparse and fact is None):
                return fact
        raise KeyError(name)

    def __iter__(self) -> Iterator[object]:
        return iter(self.facts.values())

    def __len__(self) -> int:
        return len(self.facts)

    def __bool__(self) -> bool:
        return bool(self.text) or any(fact is not None for fact in self.facts.values())

    def __lt__(self, other: object) -> bool:
        """Compare by values if they are moments or dates, else by texts."""
        if not isinstance(other, Facts):
            return NotImplemented
        mine, its = self.value, other.value
        if isinstance(mine, date | list) and type(mine) is type(its):
            return bool(mine < its)  # type: ignore[operator]
        return str(self) < str(other)

    def given(self) -> dict[str, object]:
        """Return the facts that the fest file has, in its order."""
        return {name: fact for name, fact in self.facts.items() if fact is not None}

    def __str__(self) -> str:
        """Return its text; raise `PageError` if it has none."""
        if self.text is None:
            raise self.not_text()
        return self.text

    def __html__(self) -> str:
        """Return its text escaped for HTML, unless it is markup."""
        return escape(str(self) if self.text is None else self.text)

    def __repr__(self) -> str:
        return self.path

    def not_text(self) -> PageError:
        """Return the mistake of printing a group, which lists its facts."""
        names = ", ".join(key.replace("-", "_") for key in self.facts)
        what = f"is a group of facts: {names}. Name one of them."
        return PageError(what, subject=self.path)

    def not_known(self, name: object) -> PageError:
        """Return the mistake of an unknown fact, which suggests a similar one."""
        names = [key.replace("-", "_") for key in self.facts]
        paths = {name: f"{self.path}.{name}" for name in names}
        near = guess(str(name), paths)
        for key, path in paths.items():
            near = near.replace(f'"{key}"', f'"{path}"')
        known = f" Known are: {', '.join(paths)}." if paths and not near else near
        what = f"is not known.{known}"
        return PageError(what, subject=f"{self.path}.{name}", group=self.path)

    def not_given(self, name: object) -> PageError:
        """Return the mistake of using a fact that the fest file does not have."""
        place = f"{self.path}.{name}"
        ask = f"{{% if {place} %}} … {{% endif %}}"
        what = f"is not in the fest file. Add it there, or test for it first: {ask}."
        return PageError(what, subject=place, group=self.path)


class Macro:
    """A function that pages call, like `rsvp_button()`. Results are cached by arguments."""

    def __init__(self, name: str, function: Callable[..., object]) -> None:
        self.name = name
        self.function = function
        self._results: dict[object, object] = {}

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call it; wrong arguments raise a `PageError` that names the right ones."""
        if kwargs:
            bound = self._bound(args, kwargs)
            args, kwargs = bound.args, bound.kwargs
        key = tuple((type(value), value) for value in (*args, *kwargs.values()))
        try:
            result = self._results.get(key, self)
        except TypeError:  # a list, say, cannot be looked up
            return self._call(args, kwargs)
        if result is self:
            result = self._results[key] = self._call(args, kwargs)
        return result

    def __str__(self) -> str:
        """Raise `PageError`: a macro cannot be printed without calling it."""
        raise self.not_text()

    def __repr__(self) -> str:
        return f"{self.name}()"

    def not_text(self) -> PageError:
        """Return the mistake of printing a macro instead of calling it."""
        return PageError(f"is a macro. Write {self.name}().", subject=self.name)

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self.function)

    def _call(self, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        bound = self._bound(args, kwargs)
        return self.function(*bound.args, **bound.kwargs)

    def _bound(self, args: tuple[object, ...], kwargs: dict[str, object]) -> inspect.BoundArguments:
        try:
            return self._signature.bind(*args, **kwargs)
        except TypeError:
            parameters = self._signature.parameters.values()
            right = ", ".join(p.name if p.default is p.empty else f"{p.name}=…" for p in parameters)
            raise PageError(f"has the wrong arguments. Write {self.name}({right}).") from None


class CalledFacts(Facts):
    """A group of facts that can be called, like `calls`: `calls.proposals` and `calls()`."""

    def __init__(self, facts: Facts, macro: Callable[..., object]) -> None:
        super().__init__(facts.path, lambda: facts.facts, text=facts.text, value=facts.value)
        self.macro = macro

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call the macro."""
        return self.macro(*args, **kwargs)


class _FactsList(list[object]):
    """A list of facts for templates, which raises `PageError` if it is printed."""

    def __str__(self) -> str:
        raise PageError(NOT_A_TEXT)


NOT_A_TEXT = "is a list. Write {% for item in … %} around what you print of each."


def for_html(fact: object) -> object:
    """Return the same facts with every text escaped, for templates that do not escape."""
    if isinstance(fact, CalledFacts):
        group = for_html(Facts(fact.path, lambda: fact.facts, text=fact.text, value=fact.value))
        assert isinstance(group, Facts)
        return CalledFacts(group, fact.macro)
    if isinstance(fact, Facts):
        text = None if fact.text is None else escape(fact.text)

        def inner() -> dict[str, object]:
            return {name: for_html(each) for name, each in fact.facts.items()}

        return Facts(fact.path, inner, text=text, value=fact.value, is_sparse=True)
    if isinstance(fact, list | tuple):
        return _FactsList(for_html(each) for each in fact)
    return escape(fact) if isinstance(fact, str) and not isinstance(fact, Markup) else fact
