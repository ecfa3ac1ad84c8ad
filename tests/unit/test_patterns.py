"""Every regular expression of the package takes time that grows no faster than its input."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import mkdocs_impldays

PACKAGE = Path(mkdocs_impldays.__file__).parent
FUNCTIONS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ANCHORED = {"match", "fullmatch"}
"""What looks at one place of a text alone."""

SIZES = (2_000, 8_000)
MOST = 8
"""How many times as long four times the input may take."""

BELOW_NOTICE = 0.0002
"""Seconds that a measurement is never taken to be shorter than."""
LONG = 0.05
"""Seconds of process time from which on one measurement is enough."""


@dataclass(frozen=True)
class Use:
    """A pattern and how the package uses it."""

    place: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(mkdocs_impldays.__path__, "mkdocs_impldays."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def _trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def _methods_by_name(trees: Mapping[str, ast.Module]) -> dict[tuple[str, str], set[str]]:
    """Return the methods that are called on each name; one that is passed on may be searched.

    A private name is that of its file alone; for any other the file is empty.
    """
    called: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path, tree in trees.items():
        owners = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                called[_key(path, _name(node.value))].add(node.attr)
                owners.add(id(node.value))
        for node in ast.walk(tree):
            loaded = isinstance(getattr(node, "ctx", None), ast.Load)
            if isinstance(node, ast.Name | ast.Attribute) and loaded and id(node) not in owners:
                called[_key(path, _name(node))].add("search")
    return called


def _key(path: str, name: str) -> tuple[str, str]:
    return (path.removesuffix(".py") if name.startswith("_") else "", name)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _uses() -> Iterator[Use]:
    trees = _trees()
    called = _methods_by_name(trees)
    for module in _modules():
        own = [(name, value) for name, value in vars(module).items()]
        for kind in [each for _, each in own if inspect.isclass(each)]:
            if kind.__module__ == module.__name__:
                own += vars(kind).items()
        for name, value in own:
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                path = module.__name__.removeprefix("mkdocs_impldays.").replace(".", "/")
                methods = called[_key(path, name)] or {"search"}
                yield Use(f"{path}:{name}", value, frozenset(methods))
    for path, tree in trees.items():
        named = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign)}
        for each in ast.walk(tree):
            node: Any = each
            if id(node) in named:  # found above, by its name
                continue
            if _is_call_of_re(node) and isinstance(node.args[0], ast.Constant):
                pattern: re.Pattern[str] = re.compile(str(node.args[0].value), _flags(node))
                method = node.func.attr
                methods = {"search"} if method == "compile" else {method}
                yield Use(f"{path}:{node.lineno}", pattern, frozenset(methods))


def _is_call_of_re(node: ast.AST) -> Any:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in FUNCTIONS | {"compile"}
        and node.args
    )


def _flags(call: ast.Call) -> int:
    flags = 0
    for node in ast.walk(call):
        if isinstance(node, ast.Attribute) and _name(node.value) == "re" and node.attr.isupper():
            flags |= getattr(re, node.attr)
    return flags


def _sample(parsed: Any) -> str:
    """Return a short text that a parsed pattern matches, as far as that is simple to say."""
    return "".join(_sample_of(code, argument) for code, argument in parsed)


def _sample_of(code: Any, argument: Any) -> str:
    match code:
        case op.LITERAL:
            return chr(argument)
        case op.NOT_LITERAL:
            return "b" if argument == ord("a") else "a"
        case op.ANY:
            return "a"
        case op.IN:
            return _one_of(argument)
        case op.BRANCH:
            return _sample(argument[1][0])
        case op.SUBPATTERN:
            return _sample(argument[-1])
        case op.ATOMIC_GROUP:
            return _sample(argument)
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            least, _, body = argument
            return _sample(body) * int(least)
        case _:
            return ""


CLASSES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_NOT_WORD: "-",
}


def _one_of(items: Any) -> str:
    if items[0][0] is op.NEGATE:
        refused = {_first(code, argument) for code, argument in items[1:]}
        return next(each for each in "a-1 .\n<" if each not in refused)
    return _first(*items[0])


def _first(code: Any, argument: Any) -> str:
    if code is op.RANGE:
        return chr(argument[0])
    return CLASSES[argument] if code is op.CATEGORY else chr(argument)


def _repeats(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Return what stands before each open repeat of a pattern, and what it repeats."""
    for code, argument in parsed:
        if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            _, most, body = argument
            if most > 50:
                yield before, _sample(body)
            yield from _repeats(body, before)
        elif code is op.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before)
        elif code is op.SUBPATTERN:
            yield from _repeats(argument[-1], before)
        elif code is op.ATOMIC_GROUP:
            yield from _repeats(argument, before)
        elif code in {op.ASSERT, op.ASSERT_NOT}:
            yield from _repeats(argument[1], before)
        before += _sample_of(code, argument)


def _attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Return texts that may take long: a head, a part to repeat, and an end that does not match."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    for before, unit in _repeats(parsed):
        for end in ("", "\x00", "\n\x00", "!"):
            yield before, unit, end
            yield "", before + unit, end
            yield "", before, end
        for other in " -a<\n":
            yield before, unit + other, "\x00"
    whole = _sample(parsed)
    for end in ("", "\x00"):
        yield "", whole, end
        yield "", whole[:-1], end


def _seconds(use: Use, text: str) -> float:
    taken = []
    for _ in range(3):
        start = time.process_time()
        if use.methods & {"match"}:
            use.pattern.match(text)
        if use.methods & {"fullmatch"}:
            use.pattern.fullmatch(text)
        if use.methods - ANCHORED:
            use.pattern.sub("", text)
        taken.append(time.process_time() - start)
        if not BELOW_NOTICE <= taken[-1] < LONG:
            break
    return max(min(taken), BELOW_NOTICE)


def _text(attack: tuple[str, str, str], size: int) -> str:
    head, unit, end = attack
    return head + unit * (size // max(len(unit), 1)) + end


def _growth(use: Use, attack: tuple[str, str, str]) -> float:
    large = _seconds(use, _text(attack, SIZES[1]))
    if large <= BELOW_NOTICE:
        return 1
    return large / _seconds(use, _text(attack, SIZES[0]))


USES = {use.place: use for use in _uses()}


@pytest.mark.same_everywhere
@pytest.mark.parametrize("place", USES)
def test_four_times_the_input_takes_less_than_eight_times_the_work(place: str) -> None:
    use = USES[place]
    attacks = {attack for attack in _attacks(use.pattern) if attack[1]}
    assert attacks or not re.search(r"[*+]|\{\d*,\}", use.pattern.pattern)
    for attack in attacks:
        assert any(_growth(use, attack) < MOST for _ in range(2)), (use.pattern, attack)


def _repeated_groups(code: Any) -> Iterator[object]:
    """Yield what possessive quantifiers repeat, where that is more than one character."""
    for operation, argument in code:
        if operation is op.POSSESSIVE_REPEAT and not (
            len(argument[2]) == 1 and argument[2][0][0] in ONE_CHARACTER
        ):
            yield argument[2]
        parts = argument if isinstance(argument, (list, tuple)) else [argument]
        for part in parts:
            for each in part if isinstance(part, list) else [part]:
                if isinstance(each, parser.SubPattern):
                    yield from _repeated_groups(each)


ONE_CHARACTER = {op.IN, op.LITERAL, op.NOT_LITERAL, op.ANY}


@pytest.mark.parametrize("place", USES)
def test_no_possessive_quantifier_repeats_a_group(place: str) -> None:
    """Python before 3.11.5 matches them wrongly (gh-101955); an atomic group does the same."""
    pattern = USES[place].pattern
    assert list(_repeated_groups(parser.parse(pattern.pattern, pattern.flags))) == []


def test_a_possessive_quantifier_of_a_group_is_found() -> None:
    assert list(_repeated_groups(parser.parse("(a|(?:b(?!c)x)*+)d")))


@pytest.mark.same_everywhere
@pytest.mark.parametrize("typed", ["<meta [^>]*x", r"\s+$", "(a|b)*?c.*d"])
def test_a_pattern_that_grows_faster_is_found(typed: str) -> None:
    use = Use("here", re.compile(typed), frozenset({"search"}))
    assert any(_growth(use, attack) > MOST for attack in _attacks(use.pattern) if attack[1])
