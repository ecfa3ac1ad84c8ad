"""Liquid's expressions as those of pages: paths to facts, texts, and a few filters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_impldays.problems import quoted

_FILTERS = {
    "upcase": "upper",
    "downcase": "lower",
    "capitalize": "capitalize",
    "strip": "trim",
    "size": "length",
    "default": "default",
    "replace": "replace",
    "first": "first",
    "last": "last",
}
_PATH = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*")
_COMPARISON = re.compile(r"(.+?)(==|!=|<=|>=|<|>)(.+)", re.DOTALL)


class NoWayError(ValueError):
    """Says why a piece of Liquid has no counterpart here, as the rest of a sentence about it."""


@dataclass(frozen=True)
class Names:
    """What a page's Liquid may name."""

    site: Mapping[str, str]
    """The values of `site.…` by their paths, like `site.dates.year`."""
    page: frozenset[str]
    """The keys of its front matter that hold one value."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """What an include was given: texts with their quotes, or names."""
    local: set[str] = field(default_factory=set)
    """Names that the page itself has made."""
    used: set[str] = field(default_factory=set)
    """The paths of `site` that were asked for; grows as pages are read."""

    def within(self, arguments: Mapping[str, str]) -> Names:
        """Give the names inside of an include."""
        return replace(self, arguments=arguments)

    def given(self, text: str) -> str:
        """Put what an include was given in the place of `include.…`."""
        if text.startswith("include."):
            return self.arguments.get(text.removeprefix("include."), '""')
        return text


def expression(text: str, names: Names, *, source: str) -> str:
    """Turn `… | filter: …` into what a page writes, or its text where that is known by now.

    `source` is the expression with its braces, given back where nothing has to change; without
    it, only what stands between braces is given.
    """
    typed, *filters = [part.strip() for part in _split(text, "|")]
    head = names.given(typed)
    if _is_address(filters):
        head, filters = _address(head), []
    if not filters and source and _is_text(head):
        return head[1:-1]
    value = _operand(head, names)
    written = "".join(f" | {_filter(each, names)}" for each in filters if each != "escape")
    if not source:
        return value + written
    same = value == typed and written == "".join(f" | {each}" for each in filters)
    return source if same else f"{{{{ {value}{written} }}}}"


def condition(text: str, names: Names) -> str:
    """Turn what an `if` asks into what a page may ask."""
    words = re.split(r"\s+(and|or)\s+", text)
    if len(set(words[1::2])) > 1:
        both = "combines “and” and “or”, which Liquid evaluates from right to left."
        raise NoWayError(both)
    for number in range(0, len(words), 2):
        words[number] = _comparison(words[number].strip(), names)
    return " ".join(words)


def _comparison(text: str, names: Names) -> str:
    if match := _COMPARISON.fullmatch(text):
        left, sign, right = map(str.strip, match.groups())
        if derived := re.search(r"\bsite\.(dates|location)\.\w+", text):
            raise NoWayError(
                f"compares {quoted(derived[0])}, whose text is now derived from the fest file."
            )
        return f"{_operand(left, names)} {sign} {_operand(right, names)}"
    return _operand(text, names)


def _operand(text: str, names: Names) -> str:
    text = names.given(text)
    if _is_text(text) or re.fullmatch(r"-?\d+|true|false", text):
        return text
    if not _PATH.fullmatch(text):
        unlike = "is Liquid that has no counterpart here."
        raise NoWayError(unlike)
    if text in names.site:
        names.used.add(text)
        return text
    if text in names.local or text in {f"page.{key}" for key in names.page}:
        return text
    group = text.partition(".")[0]
    where = {"site": " in _config.yml", "page": " in the front matter"}.get(group, "")
    raise NoWayError(f"uses {quoted(text)}, which has no value{where}.")


def _filter(text: str, names: Names) -> str:
    name, colon, arguments = text.partition(":")
    known = _FILTERS.get(name.strip())
    if known is None:
        raise NoWayError(f"uses the filter {quoted(name.strip())}, which pages do not have.")
    if not colon:
        return known
    values = [_operand(each.strip(), names) for each in _split(arguments, ",")]
    if known == "default":
        values.append("true")  # Liquid's stands in for an empty text as well
    return f"{known}({', '.join(values)})"


def _is_address(filters: list[str]) -> bool:
    known = {"relative_url", "absolute_url"}
    return len(filters) == 1 and (
        filters[0] in known
        or re.fullmatch(r"prepend:\s*site\.(baseurl|url)", filters[0]) is not None
    )


def _address(head: str) -> str:
    """Give an address from the site's root, which the build makes right for any folder."""
    if not _is_text(head):
        raise NoWayError(f"makes an address from {quoted(head)}, whose value only Jekyll knows.")
    return f'"/{head[1:-1].lstrip("/")}"'


def _is_text(text: str) -> bool:
    return re.fullmatch(r"\"[^\"]*\"|'[^']*'", text) is not None


def _split(text: str, sign: str) -> list[str]:
    """Split at a sign that does not stand between quotes."""
    parts, part, quote = [], "", ""
    for letter in text:
        if letter == sign and not quote:
            parts.append(part)
            part = ""
            continue
        if letter in "\"'" and quote in {"", letter}:
            quote = "" if quote else letter
        part += letter
    return [*parts, part]
