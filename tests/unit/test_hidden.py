"""What is hidden is not searched."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.pages.search import for_search, hide_entries, without_hidden


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<p>a<span hidden>b</span>c</p>", "<p>ac</p>"),
        ("<div>\n<div hidden>\n<div>b<br>c</div>d</div>\ne</div>", "<div>\n\ne</div>"),
        ('a<img hidden src="x">b', "ab"),
        ("a<span hidden>b<img><br/>c</span >d", "ad"),
        ('<a title="hidden > x">a hidden b</a>', '<a title="hidden > x">a hidden b</a>'),
        ("é\n<i hidden>ü\n</i>ö", "é\nö"),
        ('<i title="a\nb" hidden>c</i>d', "d"),
        (f"<i hidden>{'a' * 6000}</i>\nb", "\nb"),
        ('<p hidden><p title="</p>"\nid="a">b</p></p>c', "c"),
        ("<i hidden>a</i>\n<i hidden>a</i>\n<i hidden>a\n</i>b", "\n\nb"),
        ("<pre>&lt;i hidden&gt;</pre> hidden", "<pre>&lt;i hidden&gt;</pre> hidden"),
    ],
)  # fmt: skip
def test_hidden_elements_are_left_out_whole(html: str, shown: str) -> None:
    assert without_hidden(html) == shown


# `span`, not `b`: of formatting elements a browser remembers three alike (HTML, 13.2.4.3), and a
# fourth one's end closes another.
pieces = st.recursive(
    st.sampled_from(["a", "&amp; ", "<br>", "\n", " hidden "]),
    lambda inner: st.tuples(
        st.sampled_from(["<span>", "<span hidden>", '<span id="x" hidden="">']), inner, inner
    ).map(lambda parts: f"{parts[0]}{parts[1]}{parts[2]}</span>"),
)


@given(pieces)
def test_it_leaves_what_a_browser_shows(html: str) -> None:
    def seen(text: str) -> str:
        tree = html5lib.parseFragment(text, namespaceHTMLElements=False)
        for parent in list(tree.iter()):
            for child in [each for each in parent if each.get("hidden") is not None]:
                child.text, child[:] = "", []
        return "".join(tree.itertext())

    assert seen(without_hidden(html)) == seen(html)


ENTRY = '<li class="nav-item"><a href="#bring" class="nav-link">Bring</a></li>'
HIDDEN = '<div data-from="2018-05-28T07:00:00Z" hidden>'


@pytest.mark.parametrize(
    ("text", "is_hidden"),
    [
        (f'{HIDDEN}<h2 id="bring">A</h2></div>', True),
        (f'{HIDDEN}<p>A</p><div><h3 id="bring">A</h3></div></div>', True),
        ('<div data-until="2018-05-28T07:00:00Z"><h2 id="bring">A</h2></div>', False),
        (f'{HIDDEN}A</div><h2 id="bring">A</h2>', False),
        (f'{HIDDEN}<h2 id="other">A</h2></div>', False),
    ],
)
def test_an_entry_of_the_contents_is_hidden_with_its_heading(text: str, is_hidden: bool) -> None:
    entry = ENTRY.replace('"nav-item"', '"nav-item" hidden') if is_hidden else ENTRY
    assert hide_entries(ENTRY + text) == entry + text


def test_a_link_in_a_list_of_the_page_itself_stays_as_it_is() -> None:
    text = f'<ul><li><a href="#bring">Bring</a></li></ul>{HIDDEN}<h2 id="bring">A</h2></div>'
    assert hide_entries(text) == text


NOTICE = '<div class="impldays impldays-notice" data-search-exclude><p>Moved</p></div>\n'


@pytest.mark.parametrize(
    ("html", "searched"),
    [
        (f"{NOTICE}<p>a <span class='x > y'>b</span></p>", "\n<p>a b</p>"),
        ('<time datetime="2018">May</time><noscript> <a>c</a></noscript>', "May <a>c</a>"),
        ("<code><span>fn</span> &lt;span&gt;</code>", "<code>fn &lt;span&gt;</code>"),
        ("<p>a<span hidden>b</span></p><spanner>c</spanner>", "<p>a</p><spanner>c</spanner>"),
        ("a<span data-search-exclude>b</span>", "a<span data-search-exclude>b</span>"),
        (NOTICE.replace("Moved", "<div>a</div>"), NOTICE.replace("Moved", "<div>a</div>")),
    ],
)  # fmt: skip
def test_a_search_reads_what_is_shown_without_the_notice_and_bare_tags(
    html: str, searched: str
) -> None:
    assert for_search(html) == searched
