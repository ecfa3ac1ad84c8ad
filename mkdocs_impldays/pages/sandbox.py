"""Where a page's expressions are worked out: nothing but its names can be reached from there.

Three rules keep a page harmless: attributes are looked up in facts and in a short list of methods,
never in Python's objects; only macros and those methods can be called; and all work is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.runtime import Macro as PageMacro
from jinja2.sandbox import SandboxedEnvironment, safe_range
from jinja2.utils import LRUCache, htmlsafe_json_dumps, pass_eval_context
from markupsafe import Markup

from mkdocs_impldays.pages.complaints import OverworkError
from mkdocs_impldays.pages.counting import Counting, refuse_other_files
from mkdocs_impldays.pages.facts import Block, Facts, Inline, Macro, PageError
from mkdocs_impldays.pages.filters import counted_filters
from mkdocs_impldays.pages.printing import as_printed, not_printable
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.pages.undefined import Unknown
from mkdocs_impldays.problems import guess, quoted

MOST_STEPS = 100_000
"""The most turns of loops and calls of a page; a page written by hand needs some hundred."""

MOST_CHARACTERS = 20_000_000
"""The most characters that the expressions of a page may read and write."""

LARGEST_NUMBER = 10**15

_COMPILED = LRUCache(300)
"""What is compiled, by its source and by all that may stand in it; a page's takes up to 100 kB."""

_KNOWN = (
    " Begin with site., fest., events., venues. or rsvp., or put it between "
    "{% raw %} and {% endraw %}."
)

_METHODS: dict[type, frozenset[str]] = {
    str: frozenset({"capitalize", "endswith", "lower", "lstrip", "rstrip", "split", "startswith",
                    "strip", "title", "upper"}),
    Facts: frozenset({"items", "keys", "values"}),
}  # fmt: skip
"""What may be called on a value: nothing that makes much out of little, as `ljust` does."""


class PageEnvironment(SandboxedEnvironment):
    """Jinja as pages have it."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        names: Mapping[str, object],
        report: Callable[[str], None],
        stash: Stash,
        *,
        extensions: Sequence[type[Extension]] = (),
    ) -> None:
        super().__init__(
            extensions=extensions,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # what is wrong in a constant has its line only when it is rendered
            finalize=self._finalized,
            comment_start_string="\ue000{#",  # `{#id}` is an attribute list: no comments of Jinja's
            comment_end_string="#}\ue000",
        )
        self._report = report
        self._stash = stash
        self._steps = self._characters = 0
        self.undefined = cast("type[Undefined]", self._unknown)
        self.globals = {"range": safe_range, **names}
        self.filters = counted_filters(self.spend)
        self.filters |= {"join": self._joined_by, "tojson": self._to_json}
        self.begin()

    def begin(self) -> None:
        """Begin a page: what the page before has used up counts no longer."""
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS

    def template(self, source: str) -> Template:
        """Give a template. What is compiled is kept for all pages of all fests and builds."""
        key = (self.preprocess(source), *self.extensions, *self.filters)
        code = _COMPILED.get(key)
        if code is None:
            code = _COMPILED[key] = self.compile(source)
        return Template.from_code(self, code, self.make_globals(None))

    def printed(self, value: object) -> Markup:
        """Give what stands on the page for a value."""
        if isinstance(value, Undefined):
            return Markup(str(value))  # noqa: S704 - it is empty
        if isinstance(value, Block) or (isinstance(value, Inline) and "<" in value):
            self.spend(characters=len(value))
            return self._stash.mark(value)
        text = as_printed(value)
        if text is None:
            self._report(not_printable(value))
            return Markup()
        self.spend(characters=len(text))
        return text

    @pass_eval_context  # as above: Jinja works out at once what needs no context
    def _finalized(self, _context: EvalContext, value: object) -> Markup:
        return self.printed(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look up `obj.attribute`, in facts and the short list of methods."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look up `obj[argument]`, which means the same as `obj.argument`."""
        if isinstance(obj, Undefined):
            return obj
        if isinstance(obj, Facts):
            return self._fact(obj, argument)
        if isinstance(obj, list | tuple | str) and isinstance(argument, int | slice):
            return super().getitem(obj, argument)
        if isinstance(obj, LoopContext) and not str(argument).startswith("_"):
            return super().getattr(obj, argument)
        if isinstance(obj, str) and argument in _METHODS[str]:
            return getattr(obj, argument)
        return self._unknown(f"{quoted(argument)} is not known here.")

    def _fact(self, facts: Facts, name: object) -> Any:
        try:
            fact = facts[name]
        except KeyError:
            if name in _METHODS[Facts]:
                return getattr(facts.facts, str(name))
            return Unknown(facts.not_known(name), self._report)
        if fact is None:
            return Unknown(facts.not_given(name), self._report, is_absent=True)
        return fact

    def _unknown(
        self, hint: str | None = None, *, name: str | None = None, **_details: object
    ) -> Unknown:
        """Stand in for Jinja's `Undefined`, which it calls with these names."""
        advice = guess(str(name), self.globals) or _KNOWN
        message = hint or f"{quoted(name)} is not known.{advice}"
        return Unknown(message, self._report)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow the page's macros and ours, and the methods that a look-up gave."""
        if isinstance(obj, Macro | PageMacro | LoopContext | Undefined):
            return True
        if obj in (safe_range, self.counted, self.joined):
            return True
        name, owner = getattr(obj, "__name__", ""), getattr(obj, "__self__", None)
        allowed = _METHODS[Facts] if isinstance(owner, dict) else _METHODS[str]
        return isinstance(owner, str | dict) and name in allowed

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what may be called; what a macro finds wrong is the page's mistake."""
        self.spend(steps=1)
        try:
            return super().call(context, obj, *args, **kwargs)
        except PageError as mistake:
            self._report(str(mistake))
            return Markup()
        except SecurityError:
            self._report(f"{quoted(obj)} is no macro. Take the parentheses away.")
            return Markup()

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers of a sane size, and put texts together."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self.joined(left, right)
        for side in (left, right):
            if isinstance(side, Undefined):
                return side if str(side) == "" else None
            if not isinstance(side, int | float) or abs(side) > LARGEST_NUMBER:
                raise PageError(
                    f"cannot reckon with {quoted(side)}. Pages reckon with small numbers."
                )
        if operator == "**":
            powers = 'has "**", which pages do not know. Write the number itself.'
            raise PageError(powers)
        return super().call_binop(context, operator, left, right)

    def counted(self, items: Iterable[object]) -> list[object]:
        """Give what a loop runs over, and count its turns."""
        held = list(islice(items, self._steps + 1))
        self.spend(steps=len(held))
        return held

    def joined(self, *parts: object) -> str:
        """Put texts together, as `~` does; where one is ready for the page, all are made so."""
        if any(isinstance(part, Markup) for part in parts):
            return Markup().join(self.printed(part) for part in parts)
        texts = [str(part) for part in parts]
        self.spend(characters=sum(map(len, texts)))
        return "".join(texts)

    def spend(self, *, steps: int = 0, characters: int = 0) -> None:
        """Count work; raise `OverworkError` when it is more than any page needs."""
        self._steps -= steps
        self._characters -= characters
        if self._steps < 0 or self._characters < 0:
            raise OverworkError

    def _joined_by(
        self, items: Iterable[object], d: object = "", attribute: str | None = None
    ) -> str:
        held = self.counted(items)
        if attribute is not None:
            held = [self.getitem(each, attribute) for each in held]
        between = [part for each in held for part in (d, each)]
        return self.joined(*between[1:])

    def _to_json(self, value: object) -> Markup:
        return htmlsafe_json_dumps(value.text if isinstance(value, Facts) else value)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        refuse_other_files(source)
        return super()._generate(Counting().visit(source), *args, **kwargs)
