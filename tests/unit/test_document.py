"""All that a page gets is the same in a whole page and in the parts that templates print."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mkdocs_impldays.document import Document
from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.pages.links import Addresses, PageLinks
from mkdocs_impldays.site import Site, SiteOptions
from mkdocs_impldays.zensical.site import SitePage
from tests.judges.samples import FESTS

PARIS = FESTS["paris-2018"]
PAGE = PageOfSite(
    "About", None, "about/", None, "about.md", is_home=False, root="../", translations={}
)
BODY = (
    '<a href="#x" class="md-skip">Skip</a><s>7 June</s>'
    '<h1 id="impldays-title"><a href="/a/#b">A</a></h1>'
)


def document(*, is_preview: bool) -> Document:
    options = SiteOptions(name="A", is_preview=is_preview)
    moment = datetime(2018, 5, 1, tzinfo=UTC)
    site = Site(FESTS, PARIS, moment, is_moment_set=False, sources={}, options=options)
    context = site.context()
    files = [SitePage("about.md", "about/"), SitePage("a.md", "a/")]
    return Document(
        PAGE, context.fest, context.words, context.head, PageLinks(files[0], Addresses(files))
    )


@pytest.mark.parametrize("is_preview", [False, True])
def test_a_whole_page_has_what_its_parts_have(is_preview: bool) -> None:
    made = document(is_preview=is_preview)
    whole = made.complete(
        f"<html><head></head><body>{BODY}</body></html>", problems="<p>Problem</p>"
    )
    assert whole == (
        f'<html lang="en"><head>{made.head()}</head><body dir="ltr">'
        f"{made.body(BODY)}{made.foot(BODY, problems='<p>Problem</p>')}</body></html>"
    )
    assert 'href="#impldays-title"' in whole
    assert 'href="../a/#b"' in whole
    assert '<s><span class="impldays-words">' in whole
    assert ("Problem" in whole) == ("impldays-timebar" in whole) == is_preview


def test_what_a_page_has_it_does_not_get_twice() -> None:
    made = document(is_preview=False)
    whole = made.complete(f"<html><head></head><body>{BODY}</body></html>")
    assert made.complete(whole) == whole


@pytest.mark.parametrize(
    ("title", "printed", "right"),
    [
        ("Home", "Home", "Home"),
        ("Tom &#38; Ada", "Tom & Ada", "Tom &amp; Ada"),
        ("&#60;/title&#62;&#60;i&#62;", "</title><i>", "&lt;/title&gt;&lt;i&gt;"),
        ("&#60;/head&#62;", "</head>", "&lt;/head&gt;"),
        ("&#38;lt;", "&lt;", "&amp;lt;"),
        ("A &amp; B", "A &amp; B", "A &amp; B"),
    ],
)
def test_a_title_that_a_theme_prints_without_its_escapes_is_text(
    title: str, printed: str, right: str
) -> None:
    made = document(is_preview=False)
    made = made._replace(page=made.page._replace(title=title))
    whole = made.complete(f"<html><head><title>{printed} - A</title></head><body></body></html>")
    assert f"<title>{right} - A</title>" in whole
