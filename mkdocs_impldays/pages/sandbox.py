"""Where a page's expressions are worked out: nothing but its names can be reached from there.

Three rules keep a page harmless: attributes are looked up in facts and in a short list of methods,
never in Python's objects; only macros and those methods can be called; and all work is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from itertools import islice
from typing import Any, cast

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import FILTERS
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.runtime import Macro as PageMacro
from jinja2.sandbox import SandboxedEnvironment, safe_range
from jinja2.utils import htmlsafe_json_dumps, pass_eval_context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from mkdocs_impldays.addresses import is_address
from mkdocs_impldays.facts import Block, Facts, Macro, PageError
from mkdocs_impldays.pages.blocks import mark
from mkdocs_impldays.pages.complaints import OverworkError
from mkdocs_impldays.pages.text import as_address, as_text
from mkdocs_impldays.problems import guess, quoted

MOST_STEPS = 100_000
"""The most turns of loops and calls of a page; a page written by hand needs some hundred."""

MOST_CHARACTERS = 20_000_000
"""The most characters that the expressions of a page may read and write."""

LARGEST_NUMBER = 10**15

_FILTERS = [
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int",
    "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
    "replace", "reverse", "select", "selectattr", "sort", "string", "sum", "title", "trim",
    "truncate", "unique", "upper", "wordcount",
]  # fmt: skip
_METHODS: dict[type, frozenset[str]] = {
    str: frozenset({"capitalize", "endswith", "lower", "lstrip", "rstrip", "split", "startswith",
                    "strip", "title", "upper"}),
    Facts: frozenset({"items", "keys", "values"}),
}  # fmt: skip
"""What may be called on a value: nothing that makes much out of little, as `ljust` does."""


class Unknown(Undefined):
    """What a name stands for that is not there: reported where it is used, then nothing."""

    __slots__ = ("_is_absent", "_report")

    def __init__(
        self, message: str, report: Callable[[str], None], *, is_absent: bool = False
    ) -> None:
        super().__init__(hint=message)
        self._report = report
        self._is_absent = is_absent

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


class PageEnvironment(SandboxedEnvironment):
    """Jinja as pages have it."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        names: Mapping[str, object],
        report: Callable[[str], None],
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
        self._steps = self._characters = 0
        self.undefined = cast("type[Undefined]", self._unknown)
        self.globals = {"range": safe_range, **names}
        self.filters = {name: self._counted_filter(name, FILTERS[name]) for name in _FILTERS}
        self.filters |= {"join": self._joined_by, "tojson": self._to_json}
        self.begin()

    def begin(self) -> None:
        """Begin a page: what the page before has used up counts no longer."""
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS

    def printed(self, value: object) -> Markup:
        """Give what stands on the page for a value."""
        if isinstance(value, Undefined):
            return Markup(str(value))  # noqa: S704 - it is empty
        if isinstance(value, Block):
            text = mark(value)
        elif isinstance(value, Markup):
            text = value
        elif isinstance(value, bool):
            text = Markup("true" if value else "false")  # noqa: S704 - two words
        elif isinstance(value, str) and is_address(value):
            text = as_address(value)
        elif isinstance(value, str | int | float):
            text = as_text(str(value))
        elif isinstance(value, Facts) and value.text is not None:
            text = as_text(value.text)
        else:
            self._report(_not_printable(value))
            return Markup()
        self._spend(characters=len(text))
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
        message = hint or f"{quoted(name)} is not known.{guess(str(name), self.globals)}"
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
        self._spend(steps=1)
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
        self._spend(steps=len(held))
        return held

    def joined(self, *parts: object) -> str:
        """Put texts together, as `~` does; where one is ready for the page, all are made so."""
        if any(isinstance(part, Markup) for part in parts):
            return Markup().join(self.printed(part) for part in parts)
        texts = [str(part) for part in parts]
        self._spend(characters=sum(map(len, texts)))
        return "".join(texts)

    def _spend(self, *, steps: int = 0, characters: int = 0) -> None:
        self._steps -= steps
        self._characters -= characters
        if self._steps < 0 or self._characters < 0:
            raise OverworkError

    def _counted_filter(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            texts = [arg for arg in args if isinstance(arg, str)]
            self._spend(steps=1, characters=_most_written(name, texts))
            result = function(*args, **kwargs)
            self._spend(characters=len(result) if isinstance(result, str) else 0)
            return result

        return counted

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
        return super()._generate(_Counting().visit(source), *args, **kwargs)


def _most_written(name: str, texts: list[str]) -> int:
    """Give how many characters a filter may write, before it writes them."""
    if name == "replace" and len(texts) == 3:
        return len(texts[0]) + texts[0].count(texts[1]) * len(texts[2])
    return sum(map(len, texts))


def _not_printable(value: object) -> str:
    if isinstance(value, Facts):
        return (
            f"{quoted(value.path)} is a group of facts: {', '.join(value.facts)}. Name one of them."
        )
    if isinstance(value, Macro):
        return f"{quoted(value.name)} is a macro. Write {value.name}()."
    if isinstance(value, list | tuple):
        return "is a list. Write {% for item in … %} around what you print of each."
    return "is nothing that can be printed. Print one of its facts."


class _Counting(NodeTransformer):
    """Makes loops and `~` ask the environment, which counts."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        node.iter = _asked("counted", [cast("nodes.Expr", node.iter)], node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _asked("joined", node.nodes, node.lineno)


def _asked(method: str, args: list[nodes.Expr], line: int) -> nodes.Call:
    asked = nodes.EnvironmentAttribute(method)
    return nodes.Call(asked, args, [], None, None, lineno=line)


def refuse_other_files(source: nodes.Template) -> None:
    """Refuse tags that read other files: what a page shows is checked where it stands."""
    others = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    if any(source.find_all(others)):
        advice = "Write the text here, or use Markdown's snippets."
        raise PageError(f"includes another file, which pages cannot. {advice}")
