"""Turn errors of Jinja and Python in a page or a template into messages for its author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

from jinja2 import TemplateNotFound, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS

from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.filters import FILTERS
from mkdocs_impldays.pages.limits import TOO_LARGE, OverworkError
from mkdocs_impldays.pages.tags import TAGS
from mkdocs_impldays.problems import Problem, guess, quoted, seen_from

UNWORKABLE = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, PageError,
    RecursionError, SyntaxError, TemplateRuntimeError, TemplateSyntaxError, OverworkError,
    TypeError, UndefinedError, ValueError,
)  # fmt: skip
"""The exceptions that mistakes in a page's tags can raise."""

_TAGS = (
    "if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro", "raw",
    *(word for tag in TAGS for word in (tag, f"end{tag}")),
)  # fmt: skip
_PAGE_FILTERS = (*FILTERS, "dates", "join", "string", "tojson")
_OF_JEKYLL = frozenset(
    {"assign", "capture", "case", "cycle", "decrement", "highlight", "include", "include_cached",
     "include_relative", "increment", "link", "post_url", "seo", "tablerow", "unless"}
)  # fmt: skip
_FILTERS_OF_JEKYLL = frozenset(
    {"absolute_url", "append", "cgi_escape", "date", "date_to_string", "date_to_xmlschema",
     "divided_by", "downcase", "markdownify", "minus", "newline_to_br", "number_of_words", "plus",
     "prepend", "relative_url", "remove", "remove_first", "size", "slugify", "split", "strip_html",
     "strip_newlines", "times", "upcase", "where", "where_exp", "xml_escape"}
)  # fmt: skip
_IMPORT = "Write it for this site, or convert the old one: impldays import."
_NAME_OF_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
_LIQUID = re.compile(r"\|\s*\w+:|\b(?:limit|offset):|\b(?:contains|blank)\b")
"""The syntax of Jekyll that Jinja does not have: arguments after a colon, operators."""
_AS_IT_IS = " Remove it, or put it between {% raw %} and {% endraw %}."


def mistake_in(error: Exception, typed: str = "") -> PageError:
    """Return an error of `UNWORKABLE` as a mistake of the page's author.

    `typed` is the tag, if it is known already.
    """
    return error if isinstance(error, PageError) else PageError(_what(error, typed))


def _what(error: Exception, typed: str) -> str:
    if isinstance(error, UndefinedError):
        return "uses a name that does not exist. Check its names."
    if isinstance(error, TemplateSyntaxError | TemplateRuntimeError):
        return _syntax(error.message or "", typed)
    if isinstance(error, OverworkError):
        return str(error)
    if isinstance(error, MemoryError | OverflowError):
        return TOO_LARGE
    if isinstance(error, RecursionError):
        return "calls itself, or is nested too deeply. Nest it less."
    if isinstance(error, SyntaxError):
        return "is nested in too many tags. Remove some of them."
    return "cannot be evaluated. Check that the value fits its use."


def _syntax(message: str, typed: str) -> str:
    name = _NAME_OF_TAG.match(typed)
    if name and name[1] in _OF_JEKYLL:
        return f"is a tag of Jekyll. {_IMPORT}"
    if name and name[1] in {"from", "until"}:
        return f'needs a moment in straight quotes. Write {{% {name[1]} "2018-05-27 18:00" %}}.'
    if unknown := re.search(r"unknown tag '(\w+)'", message):
        if unknown[1] == "end":
            return f"is not a known tag. {_in_one_word(typed)}"
        if unknown[1] in _TAGS:
            opening = unknown[1].removeprefix("end")
            opening = "if" if opening in {"else", "elif"} else opening
            return (
                f"has no matching opening tag. Write {{% {opening} … %}} before it, or delete it."
            )
        return f"is not a known tag.{guess(unknown[1], _TAGS) or _AS_IT_IS}"
    if unknown := re.search(r"No (filter|test) named '(.*?)'", message):
        if unknown[2] in _FILTERS_OF_JEKYLL:
            return f"uses “{unknown[2]}”, a filter of Jekyll. {_IMPORT}"
        near = guess(unknown[2], _PAGE_FILTERS if unknown[1] == "filter" else TESTS)
        listed = " See the list in the manual." if unknown[1] == "filter" else " Remove it."
        return f"uses “{unknown[2]}”, which is not a {unknown[1]}.{near or listed}"
    if _LIQUID.search(typed):
        return f"is written for Jekyll. {_IMPORT}"
    return "cannot be read. Check its quotes, dots and brackets."


def _in_one_word(typed: str) -> str:
    """Return the advice for `{% end if %}`, in two words."""
    apart = re.search(r"end\s+(\w+)", typed)
    if apart and f"end{apart[1]}" in _TAGS:
        return f"Write {{% end{apart[1]} %}}, in one word."
    return "Write the name of its tag in the same word, like {% endif %}."


def message_of(mistake: PageError, typed: str) -> str:
    """Return the message of a mistake, which quotes what the author typed.

    In `{% for d in fest.days %}` that is `d.date`, not `day.date`.
    """
    subject, what = mistake.subject or typed, mistake.what
    if mistake.group:
        ways = _ways_to(subject.removeprefix(f"{mistake.group}."), typed)
        if len(ways) == 1 and mistake.group not in ways:
            path = re.compile(rf"(?<![\w.]){re.escape(mistake.group)}(?=\.\w)")
            [way] = ways
            subject, what = path.sub(way, subject), path.sub(way, what)
    elif mistake.group is not None:
        call = re.search(rf"\bvenue\(\s*({re.escape(subject)}(?:-\w+)*)\s*\)", typed)
        if call:
            subject, what = call[1], f'has no quotes. Write venue("{call[1]}").'
    elif mistake.subject and len(ways := _ways_to(subject, typed)) == 1:
        subject = f"{ways.pop()}.{subject}"
    return f"{quoted(subject)} {what}"


def _ways_to(name: str, typed: str) -> set[str]:
    """Return the paths that were typed before a name and a dot, like `site.location`."""
    way = r"(?<![\w.])([a-z_A-Z][\w.]*(?:\[\d+\])*)"
    return set(re.findall(rf"{way}\.{re.escape(name)}\b", typed))


_GAVE_UP = re.compile(
    r"(?:unknown tag 'end(\w+)'|Unexpected end of template)"
    r"(?:(?!unknown tag|Unexpected end).)*block that needs to be closed",
    re.DOTALL,
)
_TAG_NAME = re.compile(r"\{%[-+]?\s*(end)?(\w+)")
_BLOCKS = frozenset(
    {"autoescape", "block", "call", "filter", "for", "from", "if", "macro", "set", "until", "with"}
    | set(TAGS)
)


def unclosed(error: TemplateSyntaxError, tags: Iterable[tuple[int, str]]) -> tuple[int, str] | None:
    """Return the line and the text of the tag that an error says is not closed; else `None`.

    `tags` are all tags in order, each with its line.
    """
    gave_up = _GAVE_UP.search(error.message or "")
    if gave_up is None:
        return None
    still_open = _still_open(tags)
    is_end_of_one = gave_up[1] is None or gave_up[1] in (name for name, _ in still_open)
    return still_open[-1][1] if still_open and is_end_of_one else None


def wrong_end(error: TemplateSyntaxError, tags: Iterable[tuple[int, str]]) -> str | None:
    """Return the message for an end tag that does not match the open tag; else `None`."""
    gave_up = _GAVE_UP.search(error.message or "")
    still_open = _still_open(tags)
    if gave_up is None or gave_up[1] is None or not still_open:
        return None
    typed = still_open[-1][1][1]
    name = _TAG_NAME.match(typed)
    return f"does not end {quoted(typed)}. Write {{% end{name[2] if name else ''} %}}."


def _still_open(tags: Iterable[tuple[int, str]]) -> list[tuple[str, tuple[int, str]]]:
    """Return the tags that are open at the first wrong end tag, each after its full name."""
    still_open: list[tuple[str, tuple[int, str]]] = []
    for tag in tags:
        name = _TAG_NAME.match(tag[1])
        if name and name[1]:
            if not still_open or _closed_as(name[2]) != still_open[-1][0]:
                break  # as Jinja does
            still_open.pop()
        elif name and _is_block(name[2], tag[1]):
            still_open.append((_closed_as(name[2]), tag))
    return still_open


def how_to_close(typed: str) -> str:
    """Return the message for a tag that is not closed."""
    name = _TAG_NAME.match(typed)
    return f"is not closed. Write {{% end{name[2] if name else ''} %}} where it ends."


def _is_block(name: str, typed: str) -> bool:
    """Return whether a tag needs an end tag; `{% set a = 1 %}` and Jinja's `from` do not."""
    if name == "set":
        return "=" not in typed
    return name in _BLOCKS and not (name == "from" and " import " in typed)


def _closed_as(name: str) -> str:
    """Return the full name of a tag, by which Jinja knows its end: `show` for `from`."""
    return "show" if name in {"from", "until"} else name


_TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_TEMPLATE_FILTERS = (*JINJA_FILTERS, "dates", "url")


def template_problem(
    error: Exception, *, root: Path, folder: Path, names: Iterable[str]
) -> Problem | None:
    """Return the mistake in a template below `folder` that ended a build, relative to `root`.

    `None` if the error is elsewhere, as in a template of the theme. `names` are those that a
    template may use.
    """
    path, line = _place(error)
    if not isinstance(error, UNWORKABLE) or not path.is_relative_to(folder) or not path.is_file():
        return None
    text = path.read_text("utf-8", "replace")
    shown = seen_from(root, path)
    if isinstance(error, TemplateSyntaxError) and (tag := unclosed(error, _tags(text))):
        return Problem(shown, tag[0], f"{quoted(tag[1])} {how_to_close(tag[1])}")
    return Problem(shown, line, _message(error, _typed(text, line), names))


def _place(error: Exception) -> tuple[Path, int]:
    """Return the file and the line of the innermost template in the traceback of an error."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    *_, last = (Path(), 0), *_places(error)
    return last


def _places(error: Exception) -> Iterator[tuple[Path, int]]:
    trace = error.__traceback__
    while trace:
        if (path := _template_of(trace.tb_frame)) is not None:
            yield path, trace.tb_lineno
        trace = trace.tb_next


def _template_of(frame: FrameType) -> Path | None:
    """Return the file of a template, if a frame is one that Jinja has added for it."""
    is_put_in = "__jinja_exception__" in frame.f_globals
    return Path(frame.f_code.co_filename) if is_put_in else None


def _tags(text: str) -> list[tuple[int, str]]:
    """Return all tags, each with its line."""
    return [(text.count("\n", 0, tag.start()) + 1, tag[0]) for tag in _TAG.finditer(text)]


def _typed(text: str, line: int) -> str:
    """Return the tag of a line, or the whole line if it has none or several."""
    whole = "".join(text.split("\n")[line - 1 : line]).strip()
    tags = _TAG.findall(whole)
    return tags[0] if len(tags) == 1 else whole


def _message(error: Exception, typed: str, names: Iterable[str]) -> str:
    reason = getattr(error, "message", None) or ""
    if isinstance(error, TemplateNotFound):
        return f"{quoted(error.name)} does not exist. Correct the name, or add the file."
    if unknown := re.fullmatch(r"'(\w+)' is undefined", reason):
        near = guess(unknown[1], names) or " Correct it, or remove it."
        return f"{quoted(unknown[1])} is not known.{near}"
    if unknown := re.search(r"No filter named '(.*?)'", reason):
        near = guess(unknown[1], _TEMPLATE_FILTERS) or " Correct it, or remove it."
        return f"{quoted(typed)} uses “{unknown[1]}”, which is not a filter.{near}"
    if unknown := re.search(rf"unknown tag '(?:end)?({'|'.join(TAGS)})'", reason):
        return f"{quoted(typed)} works only on pages. Remove it, or write it on a page."
    return message_of(mistake_in(error), typed)
