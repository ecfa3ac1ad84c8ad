"""Material's blog plugin: posts, with addresses made of their titles."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.compat.plugins import MATERIAL, OURS, needs
from tests.sites.building import Built, built, site

pytestmark = needs("material/blog")

POST = """\
---
date: 2018-04-01
{meta}---
{title}

In **{{{{ fest.city }}}}**.

<!-- more -->

The end.
"""


def _built(folder: Path, *, title: str = "# News from {{ fest.city }}", meta: str = "") -> Built:
    files = {"docs/blog/posts/a.md": POST.format(title=title, meta=meta)}
    site(folder, files, plugins=["search", "blog", OURS], theme=MATERIAL)
    result = built(folder)
    assert not result.stopped, result.lines
    return result


@pytest.mark.parametrize(
    ("title", "meta"),
    [
        ("# News from {{ fest.city }}", ""),
        ("", "title: News from {{ fest.city }}\n"),
        ("", 'title: "News from {{ fest.city }}"\n'),
    ],
)
def test_an_address_has_the_values_of_the_title(tmp_path: Path, title: str, meta: str) -> None:
    result = _built(tmp_path, title=title, meta=meta)
    post = result.page("blog/2018/04/01/news-from-paris/index.html")
    assert "<strong>Paris</strong>" in post
    url = "https://impldays.test/blog/2018/04/01/news-from-paris/"
    assert f'<link rel="canonical" href="{url}">' in post
    assert "2018/04/01/news-from-paris/" in result.page("blog/index.html")
    assert url in result.page("sitemap.xml")
    assert list((tmp_path / "site").rglob("*festcity*")) == []


def test_a_post_has_the_address_that_it_asks_for(tmp_path: Path) -> None:
    result = _built(tmp_path, meta="permalink: /news/paris/\n")
    assert "<strong>Paris</strong>" in result.page("news/paris/index.html")
    assert "news/paris/" in result.page("blog/index.html")
    assert result.lines == ()


def test_the_list_of_posts_shows_values(tmp_path: Path) -> None:
    result = _built(tmp_path, title="# News\n\n{{ schedule() }}")
    listed = result.page("blog/index.html")
    assert "<strong>Paris</strong>" in listed
    assert 'class="impldays-schedule' in listed
    assert "{{" not in listed
    assert [each for each in listed if "\ue000" <= each <= "\uf8ff"] == []


def test_the_menu_of_a_post_has_no_braces(tmp_path: Path) -> None:
    result = _built(tmp_path)
    for path in (tmp_path / "site/blog").rglob("*.html"):
        assert "{{" not in path.read_text("utf-8"), path
    assert "News from Paris" in result.page("blog/index.html")


LINKS = """\
---
date: 2018-04-01
---
# News

[Markdown](../../about.md) and [the site's](/about/), <a href="/about/">HTML</a>

{{ fests_list() }}

{{ rsvp_button() }}

<!-- more -->
"""


def test_links_lead_from_the_page_that_a_post_is_shown_on(tmp_path: Path) -> None:
    page = LINKS.replace("04-01\n", "04-01\ncategories: [A]\n")
    files = {"docs/blog/posts/a.md": page, "docs/about.md": "# About\n"}
    site(tmp_path, files, plugins=["search", "blog", OURS], theme=MATERIAL)
    result = built(tmp_path, strict=True)
    assert result.lines == ()
    for address in ("blog/2018/04/01/news/", "blog/", "blog/archive/2018/", "blog/category/a/"):
        html = result.page(f"{address}index.html")
        article = html.partition("<article")[2].partition("</article")[0]
        hrefs = re.findall(r'href="([^"#:]*)"', article)
        links = {urljoin(f"https://impldays.test/{address}", href) for href in hrefs}
        assert "https://impldays.test/about/" in links
        assert "https://impldays.test/fests/paris-2018/" in links
        for path in (link.removeprefix("https://impldays.test/") for link in links):
            assert (tmp_path / "site" / path / "index.html").exists(), path
