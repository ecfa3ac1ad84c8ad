"""The tags for link previews, where templates or plugins like Material's social cards have some."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from tests.sites.building import built, site

OWN = """\
{% extends "base.html" %}
{% block extrahead %}
<meta content="https://rustfest.eu/own.png" property="og:image">
<meta name="twitter:card" content="summary">
{% endblock %}
"""
HOOK = """\
def on_post_page(output, page, config):
    at = output.find("</head>")
    title = '<meta property="og:title" content="Come to &lt;Paris&gt;" />'
    return output[:at] + title * (page.url == "a/") + output[at:]
"""


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name") or ""
        if tag == "meta" and name.startswith(("og:", "twitter:")):
            self.found.append((name, given["content"] or ""))


def test_each_tag_is_there_once_and_follows_those_of_the_site(tmp_path: Path) -> None:
    files = {"overrides/main.html": OWN, "docs/a.md": "# A\n", "hook.py": HOOK}
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    done = built(site(tmp_path, files, theme=theme, hooks=["hook.py"]))
    assert done.lines == ()
    for address, title in {
        "index.html": "RustFest Paris",
        "a/index.html": "Come to <Paris>",
    }.items():
        tags = _Tags(done.page(address)).found
        values = dict(tags)
        assert len(values) == len(tags)
        assert values["og:title"] == values["twitter:title"] == title
        assert values["og:image"] == values["twitter:image"] == "https://rustfest.eu/own.png"
        assert values["twitter:card"] == "summary"
        assert "og:image:alt" not in values
