"""The manual's page of checks: each with a name, an example that is printed, and what to do."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from mkdocs_impldays.checks.switches import CHECKS
from mkdocs_impldays.cli import main
from tests.fests import ROOT
from tests.sites.building import write

pytestmark = [pytest.mark.exact, pytest.mark.same_everywhere]

PAGE = (ROOT / "docs/organisers/reference/checks.md").read_text("utf-8")
SECTION = re.compile(
    r"^### `(?P<name>[a-z-]+)` \{ #(?P=name) \}\n\nReported if (?P<what>.+)\.\n\n"
    r'```text title="What you see"\n(?P<line>.+)\n```\n\n(?P<advice>.+)\n',
    re.MULTILINE,
)
SECTIONS = {found["name"]: found for found in SECTION.finditer(PAGE)}

PAGES = {
    "mkdocs.yml": """\
site_name: Lisbon
site_url: https://impldays.test/
theme: {name: null, custom_dir: overrides}
plugins: [impldays]
""",
    "overrides/main.html": """\
<!doctype html>
<html>
<head>
<title>{{ page.title }}</title>
<title>{{ page.title }}</title>
<link rel="canonical" href="https://impldays.test/elsewhere/">
</head>
<body>{{ page.content }}</body>
</html>
""",
    "fests/lisbon-2027.yml": """\
name: RustFest Lisbon
city: Lisbon
country: PT
timezone: Europe/Lisbon
events: {talks: {title: Talks, days: [2027-06-05]}}
rsvp: {event: talks, url: "https://rustfest.eu/lisbon/"}
site: {coffee: true, tea: "javascript:alert(1)"}
""",
    "docs/fests/lisbon-2027.md": "---\nfest: lisbon-2027\n---\n\n# Lisbon\n\n{{ schedule() }}\n",
    "docs/about.md": """\
# About

<a href="/location/">The way</a>, [home](/), <a href="/about/#by-bus">bus</a>

For <a href="{{ site.tea }}">tea</a>, bring:
- a laptop
- a charger

``` title="{{ fest.city }}.txt"
x
```
""",
}
BUILT_ELSEWHERE = "<html><head><title>About</title></head><body>About</body></html>\n"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return what `impldays check` prints of a site that has every one of these problems."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("IMPLDAYS_NOW", "2027-01-01T12:00")
        write(folder, PAGES)
        write(folder / "public", {"about.html": BUILT_ELSEWHERE})
        results = [CliRunner().invoke(main, ["check", *more]) for more in ([], ["public"])]
    assert [result.exit_code for result in results] == [1, 1]
    return {line for result in results for line in result.output.splitlines()}


def test_the_manual_has_every_check_that_can_be_switched_off_and_no_other() -> None:
    assert list(SECTIONS) == sorted(CHECKS)
    named = PAGE.split("## Checks with a name")[1].split("\n## ")[0]
    assert re.findall(r"^### `([a-z-]+)`", named, re.MULTILINE) == list(SECTIONS)


@pytest.mark.parametrize("name", CHECKS)
def test_the_manual_shows_what_a_check_prints(lines: set[str], name: str) -> None:
    line = SECTIONS[name]["line"]
    assert line.endswith(f" [{name}]")
    assert line in lines


@pytest.mark.parametrize("name", CHECKS)
def test_the_manual_says_of_a_check_what_the_code_says(name: str) -> None:
    assert SECTIONS[name]["what"].partition(" (a hint)")[0] == CHECKS[name]
