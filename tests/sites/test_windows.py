"""Files as Windows' editors write them: with their own line ends, and a mark at the beginning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites.building import PARIS, built, site

PAGE = """\
---
title: "About {{ fest.city }}"
permalink: /about/
layout: default
---

We meet at {{ site.location.impl_days }}.

{% today impl_days %}
The doors are open.
{% endtoday %}

```rust
println!("{{}}");
```

{{ rsvp_button() }}

> {{ schedule() }}
"""
WRONG = PAGE + "\n{{ fest.ctiy }}\n\n[Come](https://ti.to/url-to-do)\n"


def as_windows(text: str, *, mark: bool) -> bytes:
    return ("\ufeff" * mark + text.replace("\n", "\r\n")).encode()


@pytest.mark.parametrize("mark", [False, True])
def test_a_site_reads_the_same(mark: bool, tmp_path: Path) -> None:
    options = {"now": "2018-05-01T12:00"}
    plain = built(site(tmp_path / "plain", {"docs/about.md": PAGE}, options=options))
    files = {
        "docs/about.md": as_windows(PAGE, mark=mark),
        "fests/paris-2018.yml": as_windows(PARIS, mark=mark),
    }
    typed = built(site(tmp_path / "windows", files, options=options))
    assert typed.lines == plain.lines == ()
    assert typed.body("about/index.html") == plain.body("about/index.html")
    for name in ("calendar/paris-2018.ics", "fests/paris-2018.json"):
        assert "Mozilla" in typed.page(name)


@pytest.mark.parametrize("mark", [False, True])
def test_mistakes_are_told_at_the_same_lines(mark: bool, tmp_path: Path) -> None:
    plain = built(site(tmp_path / "plain", {"docs/about.md": WRONG}))
    files = {"docs/about.md": as_windows(WRONG, mark=mark)}
    assert built(site(tmp_path / "windows", files)).lines == plain.lines
    assert any(line.startswith("docs/about.md:21: ") for line in plain.lines)


def test_a_mistake_in_the_fest_file_is_told_at_its_line(tmp_path: Path) -> None:
    wrong = PARIS.replace("timezone: Europe/Paris", "timezone: Europe/Pariss")
    lines = built(site(tmp_path, {"fests/paris-2018.yml": as_windows(wrong, mark=True)})).lines
    assert lines[0].startswith('fests/paris-2018.yml:6: timezone: "Europe/Pariss"')
