"""HTML that carries all states: which parts are there, and which one shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.time import Span, at
from mkdocs_impldays.pages.timed import View, alternatives, instant
from mkdocs_impldays.pages.timed import shown as attributes

NOON = datetime(2018, 5, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPANS = [Span("one", None, NOON), Span("two", NOON, NOON + HOUR), Span("three", NOON + HOUR, None)]


def shown(html: str) -> str:
    """Read the text that a browser without JavaScript shows."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for parent in tree.iter():
        for child in [child for child in parent if child.get("hidden") is not None]:
            parent.remove(child)
    return "".join(tree.itertext())


def test_shows_what_holds_at_the_moment() -> None:
    views = [View(NOON - HOUR), View(NOON), View(NOON + HOUR)]
    assert [shown(alternatives(SPANS, view)) for view in views] == ["one", "two", "three"]


def test_writes_instants_in_utc() -> None:
    assert instant(datetime.fromisoformat("2018-05-27T18:00+02:00")) == "2018-05-27T16:00:00Z"


def test_leaves_out_the_bound_that_is_not_there() -> None:
    html = alternatives(SPANS, View(NOON, is_preview=True))
    assert html == (
        '<span class="impldays">'
        '<span data-until="2018-05-27T12:00:00Z" hidden>one</span>'
        '<span data-from="2018-05-27T12:00:00Z" data-until="2018-05-27T13:00:00Z">two</span>'
        '<span data-from="2018-05-27T13:00:00Z" hidden>three</span>'
        "</span>"
    )


def test_what_holds_always_stands_alone() -> None:
    assert alternatives([Span("one")], View(NOON)) == "one"


def test_neighbours_that_say_the_same_are_one() -> None:
    same = [Span("same", None, NOON), Span("same", NOON, None)]
    html = alternatives(same, View(NOON, is_preview=True))
    assert html == "same"


def test_a_part_may_be_shown_in_several_spans() -> None:
    spans = [Span(1, None, NOON - HOUR), Span(1, NOON + HOUR, None)]
    assert attributes(spans, View(NOON, is_preview=True)) == (
        ' data-from="2018-05-27T13:00:00Z" data-until="2018-05-27T11:00:00Z" hidden'
    )
    assert attributes(spans, View(NOON)) == ' data-from="2018-05-27T13:00:00Z" hidden'


def test_a_part_that_is_never_shown_again_has_no_attributes() -> None:
    over = Span(1, None, NOON - HOUR)
    assert attributes([over], View(NOON)) is None
    assert attributes([], View(NOON)) is None
    assert attributes([Span(1, NOON + HOUR, NOON)], View(NOON)) is None
    assert attributes([Span(1)], View(NOON)) == ""


def test_spans_that_touch_are_one_whatever_their_order() -> None:
    spans = [Span(1, NOON, NOON + HOUR), Span(1, None, NOON)]
    assert attributes(spans, View(NOON - HOUR)) == ' data-until="2018-05-27T13:00:00Z"'


def test_what_is_over_is_left_out_and_the_rest_has_no_beginning() -> None:
    assert View(NOON).left(SPANS) == (
        Span("two", None, NOON + HOUR),
        Span("three", NOON + HOUR, None),
    )


def test_a_preview_keeps_all_as_it_is() -> None:
    assert View(NOON, is_preview=True).left(SPANS) == tuple(SPANS)


def test_what_is_still_to_come_keeps_its_beginning() -> None:
    later = Span("later", NOON + HOUR, None)
    assert View(NOON).left([later]) == (later,)


@given(built=st.integers(-300, 300), later=st.integers(0, 300))
def test_leaving_out_the_past_changes_nothing_for_later_visitors(built: int, later: int) -> None:
    build = NOON + timedelta(minutes=built)
    visit = build + timedelta(minutes=later)
    assert at(View(build).left(SPANS), visit) == at(SPANS, visit)
