"""The same pages under mkdocs-macros and Zensical read as they do under the plugin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest

from tests.sites.building import built, site

PAGE = """\
# impl Days {{ fest.city }}

{{ notice() }}

We meet on {{ events.impl_days.dates }} at {{ site.location.impl_days }}.

{{ site.dates.impl_days_no_br }}: {{ events.impl_days.dates | dates("short") }}

{{ rsvp_button() }}

{{ rsvp_button("With `code`") }}

{{ calls() }}

{{ deadlines() }}

{{ schedule() }}

{{ venue("mozilla-paris") }}

{{ calendar_links() }}

{{ fests_list() }}

{% if fest.edition %}Number {{ fest.edition }}{% endif %}, in order:

{% for event in events %}- {{ event.title }}: {{ event.dates.long }}
{% endfor %}
"""
ABOUT = {"docs/about_impl_days.md": "# About\n", "docs/fests/paris-2018.md": "# Paris\n"}
"""The pages that the fest file names, and that the list of fests leads to."""

SITE = "https://impldays.test/repo/"
SETTINGS: dict[str, Any] = {
    "site_url": SITE,
    "theme": {"name": "material", "font": False},
    "markdown_extensions": ["attr_list", "md_in_html"],
}
MOMENT = "2018-05-01T12:00"
MACROS = {"modules": ["mkdocs_impldays.bridge"], "on_undefined": "strict", "on_error_fail": True}


def bridged(folder: Path, page: str = PAGE) -> Path:
    """Write the site as it is with the change that the manual names."""
    extra = {"impldays": {"fest": "fests/paris-2018.yml"}}
    plugins = ["search", {"macros": MACROS}]
    return site(folder, {**ABOUT, "docs/index.md": page}, plugins=plugins, extra=extra, **SETTINGS)


def text_of(page: Path) -> list[str]:
    """Return the words between the page's beginning and end, and where its links lead."""
    tree = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
    article = next(tree.iter("article"))
    links = [href for link in article.iter("a") if (href := link.get("href"))]
    return " ".join(article.itertext()).split() + [urljoin(SITE, link) for link in links]


@pytest.fixture
def by_plugin(tmp_path: Path) -> list[str]:
    options = {"now": MOMENT}
    files = {**ABOUT, "docs/index.md": PAGE}
    folder = site(tmp_path / "own", files, options=options, **SETTINGS)
    made = built(folder)
    assert made.lines == ()
    return text_of(folder / "site/index.html")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_another_engine_gives_the_same_text_and_links(
    engine: str, by_plugin: list[str], tmp_path: Path
) -> None:
    folder = bridged(tmp_path / "other")
    done = run(engine, folder)
    assert done.returncode == 0, done.stderr
    assert text_of(folder / "site/index.html") == by_plugin


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("fest.ctiy", "ctiy"), ("events.talks.page", "page"), ("venue('x')", '"x"')],
)
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_another_engine_stops_at_what_is_not_there(
    engine: str, wrong: str, told: str, tmp_path: Path
) -> None:
    folder = bridged(tmp_path, f"# Home\n\n{{{{ {wrong} }}}}\n")
    done = run(engine, folder)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr


def test_a_mistake_in_the_fest_file_is_told_with_its_line(tmp_path: Path) -> None:
    folder = bridged(tmp_path)
    file = folder / "fests/paris-2018.yml"
    file.write_text(file.read_text("utf-8").replace("timezone:", "timezoen:"), "utf-8")
    done = run("mkdocs", folder)
    assert done.returncode != 0
    assert "fests/paris-2018.yml:" in done.stderr + done.stdout


def test_values_are_text_there_too(tmp_path: Path) -> None:
    folder = bridged(tmp_path, "# Home\n\n{{ fest.city }}\n")
    file = folder / "fests/paris-2018.yml"
    text = file.read_text("utf-8").replace("city: Paris", "city: Tom & _Jerry_ <b>", 1)
    file.write_text(text, "utf-8")
    assert run("mkdocs", folder).returncode == 0
    assert "Tom & _Jerry_ <b>" in " ".join(text_of(folder / "site/index.html"))


def run(engine: str, folder: Path, *, now: str = MOMENT) -> subprocess.CompletedProcess[str]:
    """Build with a program of this environment."""
    program = Path(sys.executable).with_name(engine)
    if not program.exists():
        pytest.skip(f"{engine} is not installed beside this Python")
    environ = os.environ | {"IMPLDAYS_NOW": now, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [program, "build"], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
