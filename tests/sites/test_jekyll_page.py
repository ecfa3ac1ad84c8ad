"""A page as RustFest's Jekyll sites had them builds as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sites.building import Built, built, site

PAGE = """\
---
layout: default
title: "Why `impl Days`"
permalink: /why_impl_days/
---

`impl Days` are the two days after RustFest&lt;Paris&gt;, {{site.dates.impl_days_no_br}}.

## Before

RustFest<Zurich> had them first. {% comment %} Ask for a picture. {% endcomment %}

Come to <a href="/location/#impl-days-may-28th-and-29th">{{site.location.impl_days}}</a>, or
[read where it is](/location/#impl-days-may-28th-and-29th).

<section markdown="1">
{{ rsvp_button() }}
</section>

<a class="button primary" href="https://ti.to/url-to-do"> "I come to `impl Days`!"</a>
"""
LOCATION = """\
---
title: Location
permalink: /location/
---

### impl days (May, 28th and 29th)

At {{ site.location.impl_days }}.
"""


@pytest.fixture(params=["mkdocs", "material", "readthedocs"])
def theme(request: pytest.FixtureRequest) -> str:
    """Return each theme that MkDocs' users have, in turn."""
    return str(request.param)


def build_jekyll_page(folder: Path, **config: Any) -> Built:
    files = {"docs/why.md": PAGE, "docs/place.md": LOCATION}
    return built(site(folder, files, markdown_extensions=["md_in_html"], **config))


def test_it_stands_at_its_permalink_with_all_its_facts(tmp_path: Path, theme: str) -> None:
    page = build_jekyll_page(tmp_path, theme={"name": theme}).page("why_impl_days/index.html")
    assert "Monday, May 28th and Tuesday, May 29th" in page
    assert ">Mozilla Paris</a>" in page
    assert "RustFest&lt;Zurich&gt; had them first." in page
    assert "Ask for a picture" not in page
    assert "{{" not in page
    assert "{%" not in page


def test_its_title_is_plain_in_the_tab_and_code_in_the_heading(tmp_path: Path, theme: str) -> None:
    page = build_jekyll_page(tmp_path, theme={"name": theme}).page("why_impl_days/index.html")
    assert "<title>Why impl Days - impl Days</title>" in page
    assert "<h1>Why <code>impl Days</code></h1>" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_its_links_lead_to_the_section_also_below_a_path(
    tmp_path: Path, *, use_directory_urls: bool
) -> None:
    done = build_jekyll_page(
        tmp_path, site_url="https://x.test/repo/", use_directory_urls=use_directory_urls
    )
    page = done.page("why_impl_days/index.html")
    assert 'id="impl-days-may-28th-and-29th"' in done.page("location/index.html")
    target = "../location/" if use_directory_urls else "../location/index.html"
    assert page.count(f'href="{target}#impl-days-may-28th-and-29th"') == 2


def test_only_the_placeholder_is_told_and_strict_refuses_it(tmp_path: Path) -> None:
    done = build_jekyll_page(tmp_path)
    message = '"https://ti.to/url-to-do" is a placeholder.'
    advice = "Write the real one, or remove the link."
    assert done.lines == (f"docs/why.md:20: {message} {advice}",)
    assert not done.stopped
    assert built(tmp_path, strict=True).stopped


def test_the_button_is_no_dead_link_when_all_is_over(tmp_path: Path) -> None:
    page = build_jekyll_page(tmp_path).page("why_impl_days/index.html")
    assert "impl Days Paris took place on" in page
    assert "rustfest-paris-2018" not in page


def test_a_page_without_tags_is_passed_on_byte_for_byte(tmp_path: Path) -> None:
    text = "# Plain\n\nA {#id} and ${HOME}, { % x % }.\t\n\n    code\n"
    done = built(site(tmp_path, {"docs/plain.md": text}))
    assert not done.lines
    assert "${HOME}" in done.page("plain/index.html")
