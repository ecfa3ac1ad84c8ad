"""The sites that are built: the same pages for every plugin, each in its own way of writing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
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

_NAMES = {
    "bare": ("Paris", "Mozilla Paris", "28 and 29 May 2018", "[Join us](https://rustfest.eu/)"),
    "impldays": (
        "{{ fest.city }}",
        "{{ site.location.impl_days }}",
        "{{ events.impl_days.dates }}",
        "{{ rsvp_button() }}",
    ),
    "macros": ("{{ event.city }}", "{{ event.venue }}", "{{ event.dates }}", "{{ button() }}"),
    "extradata": (
        "{{ event.city }}",
        "{{ event.venue }}",
        "{{ event.dates }}",
        "[{{ rsvp.label }}]({{ rsvp.url }})",
    ),
}
"""City, venue, dates and button, as a page of each plugin has them."""

_PLUGINS: dict[str, list[object]] = {
    "bare": [],
    "impldays": [{"impldays": {"fest": "fests/paris-2018.yml", "now": "2018-05-01T12:00"}}],
    "macros": [{"macros": {"include_yaml": ["data.yml"]}}],
    "extradata": [{"markdownextradata": {"data": "data"}}],
}
PLUGINS = tuple(_PLUGINS)
"""The plugins that are compared; `bare` is the site without any."""

_BLOCKS = """\
# A page full of blocks, number NUMBER

{% before impl_days %}
We meet in {{ fest.city }} on {{ events.impl_days.dates }}.
{% endbefore %}
{% today impl_days %}
Today at {{ events.impl_days.venue.name }}.
{% else %}
See you.
{% endtoday %}
{% for event in events %}
- {{ event.title }}: {{ event.dates }}, {{ event.venue.address }}
{% endfor %}

{{ rsvp_button() }}

{{ calendar_links() }}

{{ schedule() }}

{{ venue() }}

{{ fests_list() }}
"""


_TYPED = """
The second edition of RustFest opened its doors at 8:30, in Rome, on 24 November 2018. Bring what
you work on: in Paris there will be tables, coffee, and 80 chairs from Monday, May 28th on.
"""
"""What the checks of prose have to read."""


def write_site(folder: Path, plugin: str, *, pages: int, theme: str, kind: str = "plain") -> Path:
    """Write a site of so many pages besides the home page; give the path of its mkdocs.yml."""
    docs = folder / "docs"
    (folder / "data").mkdir(parents=True)
    docs.mkdir()
    text = yaml.safe_dump(_DATA)
    (folder / "data.yml").write_text(text, "utf-8")
    for name, data in _DATA.items():
        (folder / "data" / f"{name}.yml").write_text(yaml.safe_dump(data), "utf-8")
    (folder / "main.py").write_text(_MACROS, "utf-8")
    shutil.copytree(ROOT / "fests", folder / "fests")
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (docs / "about_impl_days.md").write_text("# About\n", "utf-8")  # as the fest files have it
    for number in range(pages):
        (docs / f"page-{number:05}.md").write_text(PAGES[kind](number, plugin), "utf-8")
    settings = {
        "site_name": "impl Days",
        "site_url": "https://impldays.test/",
        "theme": {"name": theme, **({"font": False} if theme == "material" else {})},
        "nav": ["index.md"],  # Material's time grows with the square of the entries
        "markdown_extensions": ["attr_list", "fenced_code"],
        "plugins": ["search", *_PLUGINS[plugin]],
    }
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    return config


def _page(number: int, plugin: str) -> str:
    """Give a page of 60 lines with three variables and a button."""
    city, venue, dates, button = _NAMES[plugin]
    lines = [
        "---",
        f"title: Page {number}",
        "---",
        "",
        f"# Page {number} of the guide",
        "",
        f"We meet in {city}, at {venue}.",
        "",
        button,
        "",
        *_CODE.splitlines(),
        "",
        "- one thing to bring\n- another thing to bring\n- see [the start](index.md)",
        "",
    ]
    text = "\n".join(lines)
    while text.count("\n") < 59:
        section = text.count("\n")
        text += f"\n## Section {section}\n\n{_PROSE * 3}\n\n"
    return "\n".join([*text.splitlines()[:58], "", f"It goes on for two days: {dates}."]) + "\n"


PAGES: dict[str, Callable[[int, str], str]] = {
    "plain": _page,
    "blocks": lambda number, _plugin: _BLOCKS.replace("NUMBER", str(number)),
    "typed": lambda number, plugin: _page(number, plugin) + _TYPED * 5,
}
"""What a page of each kind holds, given its number and the plugin."""


def write_fests(folder: Path, *, fests: int, events: int) -> None:
    """Write so many fest files, of so many events each."""
    for number in range(fests):
        begin = date(2019 + number // 6, 1 + number % 6 * 2, 3)
        (folder / f"town-{number}.yml").write_text(_fest(number, begin, events), "utf-8")


def _fest(number: int, begin: date, events: int) -> str:
    days = [str(begin + timedelta(days=each // 10)) for each in range(events)]
    planned = [
        f"  event_{each}:\n"
        f"    title: Event {each}\n"
        f'    days: [{{date: {day}, opens: "09:00", closes: "18:00"}}]\n'
        f"    venue: hall\n"
        for each, day in enumerate(days)
    ]
    return f"""\
name: RustFest Town {number}
city: Town {number}
country: FR
timezone: Europe/Paris
events:
{"".join(planned)}
venues:
  hall: {{name: Hall {number}, street: {number} Long Street, city: Town {number}}}
rsvp:
  event: event_0
  url: https://rustfest.eu/town-{number}/
  closes: {begin}
"""
