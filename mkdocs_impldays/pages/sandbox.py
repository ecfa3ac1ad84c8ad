"""The Jinja environment of pages, which have access to nothing but their names.

Attributes are looked up in facts and a short list of methods, never in Python's objects; only
macros and those methods can be called; and all work is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from types import CodeType
from typing import Any, cast

from jinja2 import Template, nodes
from jinja2.ext import Extension
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.runtime import Macro as PageMacro
from jinja2.sandbox import SandboxedEnvironment, safe_range
from jinja2.utils import LRUCache, htmlsafe_json_dumps, pass_eval_context
from markupsafe import Markup

from mkdocs_impldays.pages.facts import Block, CalledFacts, Facts, Inline, Macro, PageError
from mkdocs_impldays.pages.filters import guarded, guarded_filters, guarded_tests
from mkdocs_impldays.pages.limits import LARGEST, LARGEST_NUMBER, Budget, Metering, size, too_large
from mkdocs_impldays.pages.printing import as_printed, not_printable, refuse_macros, text_of
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.problems import guess, quoted


class Unknown(Undefined):
    """The value of an unknown name, which is reported when it is used, and printed as nothing."""

    __slots__ = ("_is_absent", "_report", "mistake")

    def __init__(
        self, mistake: PageError, report: Callable[[PageError], None], *, is_absent: bool = False
    ) -> None:
        super().__init__(hint=str(mistake))
        self.mistake = mistake
        """What is reported."""
        self._report = report
        self._is_absent = is_absent

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name: object) -> Any:
        return self

    def __str__(self) -> str:
        self._report(self.mistake)
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


_LONGEST_ARGUMENT = 5_000
"""The most characters of all arguments of a macro."""

_ARGUMENTS = (str, int, float, Facts, Undefined, type(None))
"""The types of arguments of our macros; others would be quoted as Python's objects."""

_FROM_JINJA = frozenset({"_block_vars", "_loop_vars"})
"""The arguments that Jinja adds to calls in blocks and loops."""

_STEPS_OF_MACRO = 10
"""How many steps a call of one of our macros counts as; each renders a template."""

_COMPILED = LRUCache(300)
"""Compiled templates of up to 100 kB, by source, extensions and filters."""

Compiled = Callable[[Iterable[object], Callable[[], CodeType]], CodeType]
"""Returns the code that a function compiles from parts, perhaps from a cache."""

_NOT_A_GROUP = "is not known: what it belongs to is not a group of facts. Write that by itself."
"""The mistake of a name after the dot of a text or a number."""

_OF_A_LIST = "is not known: what it belongs to is a list. Write {% for item in … %} around it."
"""The mistake of a name after the dot of a list."""

_KNOWN = (
    " Begin with site., fest., events., venues., rsvp. or calls., or put it"
    " between {% raw %} and {% endraw %}."
)

_METHODS: dict[type, frozenset[str]] = {
    str: frozenset({"capitalize", "endswith", "lower", "lstrip", "rstrip", "split", "startswith",
                    "strip", "title", "upper"}),
    dict: frozenset({"items", "keys", "values"}),
}  # fmt: skip
"""The methods of values, without those with large results, like `ljust`."""


class PageEnvironment(SandboxedEnvironment):
    """Jinja's environment for pages."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        names: Mapping[str, object],
        report: Callable[[PageError], None],
        stash: Stash,
        *,
        extensions: Sequence[type[Extension]] = (),
        compiled: Compiled = lambda _, make: make(),
    ) -> None:
        super().__init__(
            extensions=extensions,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # else mistakes in constants have no line
            finalize=self._finalized,
            comment_start_string="\ue000{#",  # `{#id}` is an attribute list: no comments of Jinja's
            comment_end_string="#}\ue000",
        )
        self._report = report
        self._stash = stash
        self._compiled = compiled
        self._budget = Budget()
        self._called: set[str] = set()
        self.undefined = cast("type[Undefined]", self._unknown)
        self.globals = {"range": safe_range, **names}
        self.filters = guarded_filters(self._budget)
        self.filters |= {"join": self._join, "string": self._text, "tojson": self._to_json}
        self.filters |= {
            "block__": self._text,
            "dict__": self._dict,
            "joined__": self._joined,
            "looped__": self._looped,
            "made__": self._budget.made,
            "read__": self._budget.read,
            "run__": self._budget.count_run,
            "slice__": self._slice,
        }
        self.tests = guarded_tests(self._budget)

    def begin(self) -> None:
        """Reset all limits for a new page."""
        self._budget.begin()
        self._called.clear()

    def add_filters(self, filters: Mapping[str, Callable[..., object]]) -> None:
        """Add filters that are not Jinja's."""
        self.filters |= {
            name: guarded(f"the filter {quoted(name)}", function, self._budget)
            for name, function in filters.items()
        }

    def template(self, source: str) -> Template:
        """Return a template, whose code is cached for all pages of all fests and builds."""
        self._budget.spend(steps=1, characters=len(source))
        key = (self.preprocess(source), *self.extensions, *sorted(self.filters))
        code = _COMPILED.get(key)
        if code is None:
            code = _COMPILED[key] = self._compiled(key, lambda: self.compile(source))
        return Template.from_code(self, code, self.make_globals(None))

    def printed(self, value: object) -> Markup:
        """Return what the page shows for a value."""
        if isinstance(value, Undefined):
            return Markup(str(value))  # noqa: S704 - it is empty
        if isinstance(value, Block) or (isinstance(value, Inline) and "<" in value):
            self._budget.spend(written=len(value))
            return self._stash.mark(value)
        self._budget.read(value)
        text = as_printed(value)
        if text is None:
            self.report(not_printable(value))
            return Markup()
        self._budget.spend(written=len(text))
        return text

    def report(self, mistake: PageError) -> None:
        """Report a mistake at the tag that is being rendered."""
        self._budget.spend(steps=_STEPS_OF_MACRO)
        self._report(mistake)

    @pass_eval_context  # so that Jinja does not evaluate constants when it compiles
    def _finalized(self, _context: EvalContext, value: object) -> Markup:
        return self.printed(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look up `obj.attribute`, in facts and the short list of methods."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look up `obj[argument]`, which means the same as `obj.argument`."""
        self._budget.spend(characters=10)
        if isinstance(obj, Undefined):
            return obj
        refuse_macros(argument)
        if isinstance(argument, Facts):
            argument = argument.text
        if isinstance(argument, bool) or not isinstance(argument, str | int):
            return argument if isinstance(argument, Undefined) else self._not_here(obj, argument)
        if isinstance(obj, Facts):
            return self._fact(obj, argument)
        if isinstance(obj, list | tuple | str) and isinstance(argument, int):
            return self._item(obj, argument)
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        if isinstance(obj, LoopContext) and not str(argument).startswith("_"):
            return super().getattr(obj, str(argument))
        for kind, methods in _METHODS.items():
            if isinstance(obj, kind) and argument in methods:
                return getattr(obj, str(argument))
        return self._not_here(obj, argument)

    def _item(self, items: Sequence[object], index: int) -> object:
        if -len(items) <= index < len(items):
            return items[index]
        what, item = ("text", "character") if isinstance(items, str) else ("list", "item")
        count = f"1 {item}" if len(items) == 1 else f"{len(items)} {item}s"
        what = f"has index {index}, but the {what} has {count}. The first has index 0."
        return Unknown(PageError(what), self.report)

    def _not_here(self, obj: object, name: object) -> Unknown:
        subject, what = name if isinstance(name, str | int) else None, _NOT_A_GROUP
        if isinstance(obj, Macro):
            what = f"is not known: {obj.name} is a macro. Write {obj.name}()."
        elif isinstance(obj, list | tuple):
            what = _OF_A_LIST
        return Unknown(PageError(what, subject=subject), self.report)

    def _fact(self, facts: Facts, name: str | int) -> Any:
        try:
            fact = facts[name]
        except KeyError:
            if name in _METHODS[dict]:
                return getattr(facts.given(), str(name))
            return Unknown(facts.not_known(name), self.report)
        if fact is None:
            return Unknown(facts.not_given(name), self.report, is_absent=True)
        return fact

    def _unknown(
        self, hint: str | None = None, *, name: str | None = None, **_details: object
    ) -> Unknown:
        """Return an unknown value; Jinja calls this instead of `Undefined`."""
        if hint is None:
            advice = guess(str(name), self.globals) or _KNOWN
            mistake = PageError(f"is not known.{advice}", subject=name, group="")
        elif name is not None:  # an argument of the page's own macro, or the text of its call
            missing = "is missing where the macro is called. Add it there."
            mistake = PageError(missing, subject=name)
        elif hint.endswith("sequence was empty."):
            empty = "takes an item from an empty list. Test first whether it has any: {% if … %}."
            mistake = PageError(empty)
        else:
            mistake = PageError(hint)
        return Unknown(mistake, self.report)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether an object is a macro, or a method that `getitem` has returned."""
        if (
            isinstance(obj, Macro | CalledFacts | PageMacro | LoopContext | Undefined)
            or obj is safe_range
        ):
            return True
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, LoopContext):
            return True
        kind = str if isinstance(owner, str) else dict
        return isinstance(owner, kind) and getattr(obj, "__name__", "") in _METHODS[kind]

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return the result of a call that is allowed; report a `PageError`."""
        own = {name: value for name, value in kwargs.items() if name not in _FROM_JINJA}
        self._budget.spend(steps=1)
        self._budget.made([args, own])
        if not self.is_safe_callable(obj):
            name = quoted(obj) if isinstance(obj, str) else "this"
            self.report(PageError(f"calls {name}, which is not a macro. Remove the parentheses."))
            return Markup()
        if isinstance(obj, LoopContext) and args:
            args = (self._looped(args[0]), *args[1:])
        elif isinstance(getattr(obj, "__self__", None), str | dict):
            self._budget.read(obj.__self__)
            return guarded(f'"{obj.__name__}()"', obj, self._budget)(*args, **own)
        try:
            if isinstance(obj, CalledFacts):
                obj = obj.macro
            if isinstance(obj, Macro):
                return self._call_macro(obj, args, own)
            return super().call(context, obj, *args, **kwargs)
        except PageError as mistake:
            self.report(mistake)
            return Markup()

    def _call_macro(self, macro: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        """Return the result of one of our macros, whose first call on a page does not count.

        It takes as long, and prints as much, as the fest is large; Markdown passes that on unread.
        """
        self._budget.spend(steps=_STEPS_OF_MACRO)
        if size([args, kwargs], most=LARGEST) > _LONGEST_ARGUMENT:
            raise PageError("has arguments that are too long. Write the text on the page instead.")
        for value in (*args, *kwargs.values()):
            if not isinstance(value, _ARGUMENTS):
                refuse_macros(value)
                message = "has an argument that is not a text, a number or a fact. Write one."
                raise PageError(message)
        if macro.name in self._called:
            return macro(*args, **kwargs)
        self._called.add(macro.name)
        left = self._budget.pause()
        try:
            made = macro(*args, **kwargs)
        finally:
            self._budget.resume(left)
        if isinstance(made, Block):
            self._budget.spend(written=-len(made))
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator for numbers that are not too large, or two texts."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self._joined([left, right])
        refuse_macros(left, right)
        for side in (left, right):
            if isinstance(side, Undefined):
                return side if str(side) == "" else None
            if not isinstance(side, int | float):
                kind = quoted(side) if isinstance(side, str) else "what is not a number"
                raise PageError(f"cannot calculate with {kind}. Use numbers.")
            if abs(side) > LARGEST_NUMBER:
                raise PageError(too_large(side))
        if operator == "**":
            raise PageError('has "**", which is not available on pages. Write the number itself.')
        return super().call_binop(context, operator, left, right)

    def _looped(self, items: Any) -> list[object]:
        """Return the items of a loop."""
        if isinstance(items, Facts):
            items = items.given().values()
        self._budget.read(items)
        return self._budget.made(list(islice(items, self._budget.steps + 1)))

    def _joined(self, parts: Sequence[object]) -> str:
        """Return joined texts, as `~` does; if one is markup, the others are escaped."""
        self._budget.made(parts)
        if any(isinstance(part, Markup) for part in parts):
            return self._budget.made(Markup().join(self.printed(part) for part in parts))
        return self._budget.made("".join(map(self._text, parts)))

    def _text(self, value: object) -> str:
        """Return a value as text, not escaped; report one that cannot be printed."""
        text = str(value) if isinstance(value, Undefined) else text_of(value)
        if text is None:
            self.report(not_printable(value))
        return text or ""

    def _join(self, value: Any, d: object = "", attribute: str | None = None) -> str:
        refuse_macros(d)
        items = self._looped(value)
        if attribute is not None:
            items = [self.getitem(each, attribute) for each in items]
        return self._joined([part for each in items for part in (d, each)][1:])

    def _to_json(self, value: object) -> Markup:
        self._budget.made(value)
        return self._budget.made(htmlsafe_json_dumps(self._plain(value)))

    def _plain(self, value: object) -> object:
        """Return a value with its groups of facts as texts."""
        if isinstance(value, list | tuple):
            return [self._plain(each) for each in value]
        if isinstance(value, dict):
            return {self._text(key): self._plain(each) for key, each in value.items()}
        if isinstance(value, int | float) or value is None:
            return value
        return self._text(value)

    def _dict(self, pairs: Iterable[tuple[object, object]]) -> dict[object, object]:
        for key, _ in pairs:
            if not isinstance(key, str | int | float):
                raise PageError("has a key that is not a text or a number. Use one of these.")
        return dict(self._budget.made(pairs))

    def _slice(self, value: Any, start: Any, stop: Any, step: Any) -> object:
        if isinstance(value, Undefined):
            return value
        if not isinstance(value, list | tuple | str | range):
            raise PageError("has a slice of what is not a list or a text. Name one.")
        self._budget.read(value)
        return self._budget.made(value[start:stop:step])

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        _refuse_other_files(source)
        return super()._generate(Metering().visit(source), *args, **kwargs)


def _refuse_other_files(source: nodes.Template) -> None:
    """Raise `PageError` for tags that read other files, which are not checked."""
    others = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    for node in source.find_all(others):
        advice = "Write the text here, use Markdown's snippets, or convert a Jekyll site:"
        what = f"includes another file, which pages cannot. {advice} impldays import."
        raise PageError(what, line=node.lineno)
