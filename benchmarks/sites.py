"""The sites that are built: the same pages for every variant, each in its own syntax."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent

_PROSE = "The room opens in the morning, and whoever has a question finds someone who knows. "
_CODE = '```rust\nfn main() {\n    println!("{}", 42);\n}\n```\n'
_DATA = {
    "event": {"city": "Paris", "venue": "Mozilla Paris", "dates": "28 and 29 May 2018"},
    "rsvp": {"url": "https://rustfest.eu/paris/", "label": "Join us"},
}
_MACROS = """\
def define_env(env):
    @env.macro
    def button():
        rsvp = env.variables["rsvp"]
        return f'<a class="md-button" href="{rsvp["url"]}">{rsvp["label"]}</a>'
"""
_HOOK = """\
from pathlib import Path

import jinja2
import yaml

data = {}
environment = jinja2.Environment()


def on_config(config):
    text = Path(config.config_file_path).with_name("data.yml").read_text("utf-8")
    data.update(yaml.safe_load(text))


def on_page_markdown(markdown, **_):
    return environment.from_string(markdown).render(data)
"""
_NAMES = {
    "bare": ("Paris", "Mozilla Paris", "28 and 29 May 2018", "[Join us](https://rustfest.eu/)"),
    "impldays": (
        "{{ fest.city }}",
        "{{ site.location.impl_days }}",
        "{{ events.impl_days.dates }}",
        "{{ rsvp_button() }}",
    ),
    "macros": ("{{ event.city }}", "{{ event.venue }}", "{{ event.dates }}", "{{ button() }}"),
    "hook": (
        "{{ event.city }}",
        "{{ event.venue }}",
        "{{ event.dates }}",
        "[{{ rsvp.label }}]({{ rsvp.url }})",
    ),
}
"""City, venue, dates and button, as a page of each variant has them."""
_PLUGINS: dict[str, list[object]] = {
    "impldays": ["impldays"],
    "macros": [{"macros": {"include_yaml": ["data.yml"]}}],
}
_UPCOMING = date.today() + timedelta(days=60)  # noqa: DTZ011 - any day that is to come
_FEST = f"fests/paris-{_UPCOMING.year}.yml"

VARIANTS = tuple(_NAMES)
"""What is compared; `bare` is MkDocs with the theme and nothing else."""
PAGE = "docs/page-0000.md"


def write_site(folder: Path, variant: str, *, pages: int) -> None:
    """Write a site of so many pages, of 60 lines with three variables and a button each.

    Only two of them are in the navigation: Material's time grows with the square of its entries.
    """
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "data.yml").write_text(yaml.safe_dump(_DATA), "utf-8")
    (folder / "main.py").write_text(_MACROS, "utf-8")
    (folder / "hook.py").write_text(_HOOK, "utf-8")
    _write_fest(folder / _FEST)
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (docs / "about_impl_days.md").write_text("# About\n", "utf-8")  # linked in the fest file
    for number in range(pages - 2):
        (docs / f"page-{number:04}.md").write_text(_page(number, variant), "utf-8")
    settings = {
        "site_name": "impl Days",
        "site_url": "https://impldays.test/",
        "theme": {"name": "material", "font": False},
        "nav": ["index.md", "about_impl_days.md"],
        "markdown_extensions": ["attr_list", "fenced_code"],
        "hooks": ["hook.py"] if variant == "hook" else [],
        "plugins": ["search", *_PLUGINS.get(variant, [])],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")


def _write_fest(path: Path) -> None:
    """Write the fest file of Paris, whose first day of `impl Days` is in two months."""
    path.parent.mkdir()
    delay = _UPCOMING - date(2018, 5, 28)
    moved = re.sub(
        r"\d{4}-\d\d-\d\d",
        lambda day: str(date.fromisoformat(day[0]) + delay),
        (ROOT / "fests/paris-2018.yml").read_text("utf-8"),
    )
    path.write_text(moved, "utf-8")


def _page(number: int, variant: str) -> str:
    city, venue, dates, button = _NAMES[variant]
    lines = [
        f"---\ntitle: Page {number}\n---\n",
        f"# Page {number} of the guide\n",
        f"We meet in {city}, at {venue}.\n",
        f"{button}\n",
        _CODE,
        "- one thing to bring\n- another thing to bring\n- see [the start](index.md)\n",
    ]
    text = "\n".join(lines)
    while text.count("\n") < 56:
        text += f"\n## Section {text.count(chr(10))}\n\n{_PROSE * 3}\n"
    return f"{text}\nIt goes on for two days: {dates}.\n"


def edit(folder: Path, variant: str, what: str, *, number: int) -> None:
    """Change a page or the facts, as an organiser does while `mkdocs serve` runs."""
    if what == "page" or variant == "bare":  # which has no other place for facts
        with (folder / PAGE).open("a", encoding="utf-8") as page:
            page.write(f"\nOne more line, {number}.\n")
        return
    file = folder / (_FEST if variant == "impldays" else "data.yml")
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"Mozilla Paris.*", f"Mozilla Paris, room {number}", text), "utf-8")
