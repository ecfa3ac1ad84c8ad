"""Limits of the work and the memory that a page can use.

A value is limited when it is made: none is deeper than `DEEPEST` or larger than `LARGEST`, with
repeated parts counted each time. So everything that Python does in C, which cannot be interrupted
(comparing, hashing, sorting, printing), takes time in proportion to its operands, whose size is
counted before. There is also a limit of time, which is checked each time that work is counted: an
alarm signal is handled only after code in C has finished, and only in the main thread.
"""

from __future__ import annotations

import time
from typing import TypeVar, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.problems import quoted

T = TypeVar("T")

MOST_STEPS = 100_000
"""The most loop iterations and calls of a page; usual pages need a few hundred."""

MOST_CHARACTERS = 20_000_000
"""The most characters that the expressions of a page may read and write."""

MOST_WRITTEN = 1_000_000
"""The most characters that they may add to the page; Markdown takes seconds for that."""

MOST_SECONDS = 3.0
"""The most seconds of CPU time in this thread for a page, whatever else the machine does."""

MOST_TAGS = 10_000
"""The most tags and variables of a page, which are compiled in two seconds."""

LONGEST_TAGS = 200_000
"""The most characters in them, which take two seconds too."""

_ITEM = 50
"""How many characters a number or a list item counts as, about its size in memory."""

MOST_ITEMS = 20_000
"""The most items of a list of numbers: a loop that prints each takes about a second."""

LARGEST = _ITEM + MOST_ITEMS * _ITEM
"""The largest value, in characters: a list of so many items, or a text of a million characters."""

DEEPEST = 30
"""How many lists may be inside each other."""

LARGEST_NUMBER = 10**15

_NODES_A_STEP = 20
"""How many nodes of a template count as a step."""


TOO_LARGE = (
    f"makes or reads a value that is too large. A list may have {MOST_ITEMS:,} items, a text"
    " 1,000,000 characters."
)
_TOO_MANY_STEPS = f"does too much work. A page may have {MOST_STEPS:,} loop iterations and calls."
_TOO_MUCH_READ = f"does too much work. A page may read and write {MOST_CHARACTERS:,} characters."
_TOO_MUCH_WRITTEN = f"prints too much. Variables and tags may print {MOST_WRITTEN:,} characters."
_TOO_SLOW = f"takes too long. A page may take {MOST_SECONDS:.0f} seconds. Let its loops do less."


class OverworkError(Exception):
    """A page exceeds a limit; the message says which."""


class Budget:
    """The work that a page may still do."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Reset all limits for a new page."""
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS
        self._written = MOST_WRITTEN
        self._end = time.thread_time() + MOST_SECONDS

    @property
    def steps(self) -> int:
        """How many steps are left."""
        return self._steps

    def spend(self, *, steps: int = 0, characters: int = 0, written: int = 0) -> None:
        """Count work; raise `OverworkError` if a limit is exceeded."""
        self._steps -= steps
        self._characters -= characters + written
        self._written -= written
        if self._steps < 0:
            raise OverworkError(_TOO_MANY_STEPS)
        if self._written < 0:
            raise OverworkError(_TOO_MUCH_WRITTEN)
        if self._characters < 0:
            raise OverworkError(_TOO_MUCH_READ)
        if time.thread_time() > self._end:
            raise OverworkError(_TOO_SLOW)

    def pause(self) -> float:
        """Return the seconds left, for `resume` after work that is not the page's."""
        return self._end - time.thread_time()

    def resume(self, seconds: float) -> None:
        """Set the seconds that are left."""
        self._end = time.thread_time() + seconds

    def read(self, value: T) -> T:
        """Return a value, after counting its size for one operation that reads all of it."""
        self.spend(characters=size(value, most=self._characters))
        return value

    def made(self, value: T) -> T:
        """Return a new value, after counting its size; raise if it is too large or deep."""
        most = min(LARGEST, self._characters)
        self.spend(characters=size(value, most=most, deepest=DEEPEST))
        return value

    def count_run(self, nodes_inside: int) -> str:
        """Count one iteration of a loop, or one call of a macro, by the nodes inside it."""
        self.spend(steps=1 + nodes_inside // _NODES_A_STEP)
        return ""


def size(value: object, *, most: int, deepest: int | None = None) -> int:
    """Return how many characters a value counts as, with the items of nested lists.

    Raises `OverworkError` as soon as that exceeds `most`, and `PageError` if lists are nested
    deeper than `deepest`.
    """
    if not isinstance(value, str | list | tuple | dict | set | frozenset | range):
        return _ITEM
    total, depth = 0, -1
    level: list[object] = [value]
    while level:
        depth += 1
        if deepest is not None and depth > deepest:
            raise PageError(f"nests lists more than {deepest} deep. Nest them less.")
        below: list[object] = []
        for each in level:
            total += _ITEM
            if isinstance(each, str):
                total += len(each)
            elif isinstance(each, list | tuple | set | frozenset):
                below += each
            elif isinstance(each, dict):
                below += each.keys()
                below += each.values()
            elif isinstance(each, range):
                total += _ITEM * len(each)
            if total + _ITEM * len(below) > most:
                raise OverworkError(TOO_LARGE if most >= LARGEST else _TOO_MUCH_READ)
        level = below
    return total


class Metering(NodeTransformer):
    """Adds filters to a template that count all that it makes, reads and repeats.

    Their names end in `__`.
    """

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's name
        """Count the iterations of a loop."""
        inside = _nodes_in(node.body)
        self.generic_visit(node)
        node.iter = _filter(cast("nodes.Expr", node.iter), "looped__")
        node.body.insert(0, _counted_run(inside, node.lineno))
        return node

    def visit_Macro(self, node: T) -> T:  # noqa: N802 - Jinja's name
        """Count the runs of a macro, or of the `caller` of one."""
        block = cast("nodes.Macro", node)
        inside = _nodes_in(block.body)
        self.generic_visit(block)
        block.body.insert(0, _counted_run(inside, block.lineno))
        return node

    visit_CallBlock = visit_Macro  # noqa: N815 - Jinja's name

    def visit_AssignBlock(self, node: T) -> T:  # noqa: N802 - Jinja's name
        """Have `{% set a | upper %}` and `{% filter upper %}` return text."""
        block = cast("nodes.AssignBlock", node)
        self.generic_visit(block)
        if block.filter is not None:
            block.filter = _filter(block.filter, "block__")
        return node

    visit_FilterBlock = visit_AssignBlock  # noqa: N815 - Jinja's name

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - Jinja's name
        """Count the characters that `~` joins."""
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), "joined__")

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802 - Jinja's name
        """Count what `==`, `in` and the like compare."""
        self.generic_visit(node)
        node.expr = _filter(node.expr, "read__")
        for operand in node.ops:
            operand.expr = _filter(operand.expr, "read__")
        return node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """Limit a list."""
        self.generic_visit(node)
        return _filter(node, "made__")

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """Limit a tuple, unless it is the target of an assignment."""
        self.generic_visit(node)
        return _filter(node, "made__") if node.ctx == "load" else node

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """Limit a dict, before its keys are hashed."""
        self.generic_visit(node)
        pairs: list[nodes.Expr] = [
            nodes.Tuple([pair.key, pair.value], "load", lineno=pair.lineno) for pair in node.items
        ]
        return _filter(nodes.List(pairs, lineno=node.lineno), "dict__")

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """Count a slice, for which Jinja does not call the environment."""
        self.generic_visit(node)
        part = node.arg
        if not isinstance(part, nodes.Slice):
            return node
        nothing = nodes.Const(None, lineno=node.lineno)
        bounds = [each or nothing for each in (part.start, part.stop, part.step)]
        return _filter(node.node, "slice__", bounds)

    def visit_Const(self, node: nodes.Const) -> nodes.Const:  # noqa: N802 - Jinja's name
        """Refuse numbers that are too large to calculate with."""
        value = node.value
        if isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
            mistake = PageError(too_large(value))
            mistake.line = node.lineno
            raise mistake
        return node


def too_large(number: object) -> str:
    """Return the message for a number that pages cannot calculate with."""
    return f"cannot calculate with {quoted(number)}. Use numbers up to {LARGEST_NUMBER:,}."


def _filter(node: nodes.Expr, name: str, args: list[nodes.Expr] | None = None) -> nodes.Filter:
    return nodes.Filter(node, name, args or [], [], None, None, lineno=node.lineno)


def _counted_run(inside: int, line: int) -> nodes.ExprStmt:
    return nodes.ExprStmt(_filter(nodes.Const(inside, lineno=line), "run__"), lineno=line)


def _nodes_in(body: list[nodes.Node]) -> int:
    """Return the number of nodes in a body, without those of loops and macros inside it."""
    count, rest = 0, list(body)
    while rest:
        node = rest.pop()
        count += 1
        inner = (nodes.For, nodes.Macro, nodes.CallBlock)
        rest += [] if isinstance(node, inner) else node.iter_child_nodes()
    return count
