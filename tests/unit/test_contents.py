"""An entry of the table of contents is shown while its heading is."""

from __future__ import annotations

from datetime import datetime

import pytest

from mkdocs_impldays.contents import timed_contents
from mkdocs_impldays.pages.timed import View

MAY_1 = View(datetime.fromisoformat("2018-05-01T12:00:00+02:00"))
HIDDEN = '<div data-from="2018-05-28T07:00:00Z" hidden>'
UNTIL = '<div data-until="2018-05-28T07:00:00Z">'
ENTRY = '<li class="nav-item"><a href="#bring" class="nav-link">Bring</a></li>'


def page(body: str) -> str:
    return f"<ul>{ENTRY}</ul><div>{body}</div>"


def entry_of(body: str) -> str:
    return timed_contents(page(body), MAY_1).partition("</li>")[0]


@pytest.mark.parametrize(
    ("body", "attributes"),
    [
        (f'{UNTIL}<h2 id="bring">', ' data-until="2018-05-28T07:00:00Z"'),
        (f'{HIDDEN}<p>A</p><div><h2 id="bring">', ' data-from="2018-05-28T07:00:00Z" hidden'),
        (
            f'{HIDDEN}<div data-until="2018-06-01T00:00:00Z"><h3 id="bring">',
            ' data-from="2018-05-28T07:00:00Z" data-until="2018-06-01T00:00:00Z" hidden',
        ),
        (f'{HIDDEN}{UNTIL}<h2 id="bring">', " hidden"),
    ],
)
def test_an_entry_has_the_times_of_all_that_is_around_its_heading(
    body: str, attributes: str
) -> None:
    assert entry_of(body) == (
        f'<ul><li class="impldays nav-item"><a href="#bring" class="nav-link"{attributes}>Bring</a>'
    )


@pytest.mark.parametrize(
    "body",
    ['<h2 id="bring">', f'{HIDDEN}</div><h2 id="bring">', f'{HIDDEN}<h2 id="other"></div>'],
)
def test_an_entry_whose_heading_is_always_shown_stays_as_it_is(body: str) -> None:
    assert timed_contents(page(body), MAY_1) == page(body)


def test_a_link_in_a_list_of_the_page_itself_stays_as_it_is() -> None:
    body = f'<ul><li><a href="#bring">Bring</a></li></ul>{HIDDEN}<h2 id="bring"></h2></div>'
    assert timed_contents(body, MAY_1) == body
