"""Sites that MkDocs (or ProperDocs) and Zensical build from one mkdocs.yml: each page compared."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from mkdocs_impldays.scaffold import OF_ZENSICAL, Beginning, fest_file, site_files
from tests.engines.comparing import SITE, files, pages, run
from tests.fests import ROOT
from tests.sites.building import write

LISBON = Beginning(
    "lisbon-2027",
    "RustFest Lisbon",
    "Lisbon",
    "PT",
    "Europe/Lisbon",
    days=(date(2027, 6, 7), date(2027, 6, 8)),
    venue="Town Hall",
    rsvp="https://rustfest.eu/lisbon/",
)

FEATURES = """\
---
title: More of `impl Days` in {{ fest.city }}
description: What {{ fest.city }} has
---
A [site address](/about/), a [file](../about.md), <a href="/location/">raw</a>,
<a href="../about.md">raw file</a>, <a href="#own">a section</a>.

<img src="/assets/impldays/lisbon-2027-card.png" alt="x"
 srcset="/assets/impldays/lisbon-2027-card.png 2x">
<video poster="/assets/impldays/lisbon-2027-card.png"></video>

RustFest<Zurich>, `{{ fest.city }}`, {{ fest.city }}, {{ site.dates.hack_days_no_br }}.

{% before %}
## Soon {: #soon }

- not yet
{% else %}
## Begun
{% endbefore %}

We meet {% today %}today{% else %}another day{% endtoday %}.

{% raw %}{{ left }}{% endraw %}

## In {{ fest.city }} {: #own }

### impl {{ fest.name }}

{{ rsvp_button() }}

{{ calls() }}

{{ deadlines() }}

!!! note
    {{ calendar_links() }}

{{ fests_list() }}

--8<-- "included.txt"

```rust
let x = "{{ fest.city }}";
```

| Day | Where |
| --- | --- |
| {{ events.hack_days.dates }} | {{ site.location.hack_days }} |
"""
"""A page with all that pages can do."""

MOMENTS = (
    "2026-12-01",
    "2027-05-24T12:00",
    "2027-06-06T23:59",
    "2027-06-07",
    "2027-06-07T08:00",
    "2027-06-07T12:00",
    "2027-06-07T23:00",
    "2027-06-08",
    "2027-06-08T12:00",
    "2027-06-08T18:00",
    "2027-06-09",
    "2028-01-01",
)


def for_both(config: str) -> str:
    """Return an mkdocs.yml with the lines that the manual has for both engines."""
    both = "watch: [fests]\nmarkdown_extensions:\n  - mkdocs_impldays\n"
    assert "  name: material\n" in config
    config = config.replace("markdown_extensions:\n", both)
    theme = "  name: material\n  variant: classic\n"
    theme += "" if "custom_dir" in config else "  custom_dir: overrides\n"
    config = config.replace("  name: material\n", theme)
    lines = [line for line in config.splitlines() if not line.lstrip("# ").startswith("site_url")]
    return "\n".join([f"site_url: {SITE}", *lines, ""])


def new_site(folder: Path) -> Path:
    made = site_files(LISBON)
    override = site_files(LISBON, "zensical")
    config = for_both(made["mkdocs.yml"]).replace(
        "  - mkdocs_impldays\n",
        "  - mkdocs_impldays\n  - pymdownx.snippets\n  - pymdownx.superfences\n",
    )
    write(
        folder,
        made
        | {name: override[name] for name in OF_ZENSICAL}
        | {
            "mkdocs.yml": config,
            "fests/lisbon-2027.yml": fest_file(LISBON),
            "docs/sub/features.md": FEATURES,
            "docs/sub/README.md": FEATURES,
            "docs/old.md": "---\nfest: porto-2026\n---\n# Old\n\n{{ rsvp_button() }}\n",
            "fests/porto-2026.yml": fest_file(LISBON)
            .replace("2027-06", "2026-06")
            .replace("RustFest Lisbon", "RustFest Porto"),
            "included.txt": "Included in {{ fest.city }}: `{{ x }}`\n",
        },
    )
    return folder


def own_site(folder: Path) -> Path:
    for name in ("docs", "fests", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    write(
        folder,
        {
            "README.md": (ROOT / "README.md").read_text("utf-8"),  # which the manual includes
            "mkdocs.yml": for_both((ROOT / "mkdocs.yml").read_text("utf-8")),
            **{name: site_files(LISBON, "zensical")[name] for name in OF_ZENSICAL},
        },
    )
    return folder


def compare(folder: Path, now: str) -> None:
    """Build a site with both engines and compare all that is on its pages, and its files."""
    done = run("zensical", folder, now)
    assert "error:" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    by_zensical, files_by_zensical = pages(folder), files(folder)
    done = run("mkdocs", folder, now)
    assert done.returncode == 0, done.stderr
    by_mkdocs = pages(folder)
    assert by_zensical.keys() == by_mkdocs.keys()
    for name, page in by_mkdocs.items():
        other = by_zensical[name]
        if name == "index.html":
            other = other._replace(title=page.title)  # Material has the name of the site alone
        assert other._asdict() == page._asdict(), name
    assert files_by_zensical == files(folder)
    assert len(by_mkdocs) > 5


@pytest.mark.parametrize("now", MOMENTS)
def test_a_new_site_with_every_feature_is_the_same(now: str, tmp_path: Path) -> None:
    compare(new_site(tmp_path), now)


@pytest.mark.parametrize("now", ["2018-05-26T12:00", "2026-01-01"])
def test_this_site_is_the_same(now: str, tmp_path: Path) -> None:
    compare(own_site(tmp_path), now)


def test_the_manual_lists_the_differences() -> None:
    manual = (ROOT / "docs/organisers/how-to/engines.md").read_text("utf-8")
    rows = yaml.safe_load((ROOT / "tests/engines/differences.yml").read_text("utf-8"))
    section = manual.split("### What differs")[1].split("\n## ")[0]
    listed = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert listed == [f"| {row['what']} | {row['instead']} |" for row in rows]
