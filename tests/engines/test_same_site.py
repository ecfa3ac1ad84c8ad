"""Sites that MkDocs (or ProperDocs) and Zensical build from one mkdocs.yml: each page compared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from mkdocs_impldays.pages.tags import TAGS
from mkdocs_impldays.scaffold import Beginning, fest_file, site_files
from mkdocs_impldays.scaffold.kinds import KINDS
from tests.engines.comparing import SITE, build, files, pages, run
from tests.fests import ROOT, macros
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

FEATURES = ROOT / "tests/engines/features"
"""A site that uses everything that the manual has. People and places are invented."""

_PAGE = (ROOT / "docs/organisers/how-to/engines.md").read_text("utf-8")
_EXAMPLE = re.compile(r'^( *)```\w+ title="([^"]+)"\n(.*?)^\1```$', re.DOTALL | re.MULTILINE)
MANUAL = {title: dedent(text) for _, title, text in _EXAMPLE.findall(_PAGE)}
"""The examples of the manual's page, by their titles."""

MOMENTS = (
    "2026-12-01",  # before anything
    "2027-02-10T12:00",  # the proposals and the first tickets are open
    "2027-03-16T12:00",  # after that deadline, which is anywhere on earth
    "2027-05-31T12:00",  # after the RSVP
    "2027-06-04",  # the first day
    "2027-06-04T09:45",  # the link to join
    "2027-06-04T10:15",  # a session
    "2027-06-05T01:10",  # a session after midnight
    "2027-06-06T10:45",  # another event
    "2027-06-07T12:00",  # a day between two of its days
    "2027-06-08T17:00",  # the end
    "2028-01-01",
)

MOMENTS_OF_NEW = (
    "2026-01-01",
    "2026-12-01",
    "2027-05-30T12:00",  # a week before
    "2027-06-06T12:00",  # the day before
    "2027-06-07",
    "2027-06-07T09:30",
    "2027-06-07T12:00",  # the first day
    "2027-06-07T23:00",
    "2027-06-08T12:00",  # the last day
    "2027-06-08T23:30",
    "2027-06-09",
    "2029-01-01",
)

MOMENTS_OF_OWN = (
    "2017-09-30T12:00",  # Zurich
    "2018-05-01",
    "2018-05-28T12:00",  # Paris
    "2018-11-24T12:00",  # Rome
    "2026-01-01",
    "2029-01-01",
)
"""The largest site: a build of it takes seconds, and other sites are compared at more moments."""


def for_both(config: str) -> str:
    """Return an mkdocs.yml with the lines that the manual has for both engines."""
    added = yaml.safe_load(MANUAL["mkdocs.yml"])
    extension = "".join(f"  - {name}\n" for name in added.pop("markdown_extensions"))
    theme = [f"  {key}: {value}\n" for key, value in added.pop("theme").items()]
    assert theme[0] in config
    theme = [line for line in theme if line == theme[0] or line.partition(":")[0] not in config]
    config = config.replace(theme[0], "".join(theme))
    config = config.replace("markdown_extensions:\n", f"markdown_extensions:\n{extension}")
    config = f"{yaml.safe_dump(added)}{config}"
    lines = [line for line in config.splitlines() if not line.lstrip("# ").startswith("site_url")]
    return "\n".join([f"site_url: {SITE}", *lines, ""])


def new_site(folder: Path, kind: str) -> Path:
    """Write the site that `impldays new` begins for one of its kinds."""
    beginning = replace(LISBON, kind=kind, description=KINDS[kind].description)
    made = site_files(beginning)
    write(
        folder,
        made
        | {
            "overrides/mkdocs_theme.yml": MANUAL["overrides/mkdocs_theme.yml"],
            "mkdocs.yml": for_both(made["mkdocs.yml"]),
            "fests/lisbon-2027.yml": fest_file(beginning),
        },
    )
    return folder


def site_with_all_features(folder: Path) -> Path:
    """Write the site of the folder `features`, with a programme file."""
    shutil.copytree(FEATURES, folder, dirs_exist_ok=True)
    programme = (ROOT / "tests/golden/programme/pretalx.json").read_text("utf-8")
    write(folder, {"fests/lisbon-2027.json": programme})
    return folder


def own_site(folder: Path) -> Path:
    for name in ("docs", "fests", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    write(
        folder,
        {
            "README.md": (ROOT / "README.md").read_text("utf-8"),  # which the manual includes
            "mkdocs.yml": for_both((ROOT / "mkdocs.yml").read_text("utf-8")),
            "overrides/mkdocs_theme.yml": MANUAL["overrides/mkdocs_theme.yml"],
        },
    )
    return folder


def compare(folder: Path, moments: Sequence[str]) -> None:
    """Build a site with both engines and compare all that is on its pages, and its files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for now in moments:
            assert build("zensical", folder, now) == [], now
            by_zensical, files_by_zensical = pages(folder), files(folder)
            assert build("mkdocs", folder, now) == []
            by_mkdocs = pages(folder)
            assert by_zensical.keys() == by_mkdocs.keys()
            for name, page in by_mkdocs.items():
                assert by_zensical[name]._asdict() == page._asdict(), (now, name)
            assert files_by_zensical == files(folder), now
            assert len(by_mkdocs) > 5


def test_a_site_with_every_feature_is_the_same(tmp_path: Path) -> None:
    compare(site_with_all_features(tmp_path), MOMENTS)


@pytest.mark.parametrize("kind", ["conference", "hack-days"])
def test_a_new_site_is_the_same(kind: str, tmp_path: Path) -> None:
    compare(new_site(tmp_path, kind), MOMENTS_OF_NEW)


@pytest.mark.parametrize(
    "moments", [MOMENTS_OF_OWN[:3], MOMENTS_OF_OWN[3:]], ids=lambda them: them[0]
)
def test_this_site_is_the_same(moments: Sequence[str], tmp_path: Path) -> None:
    compare(own_site(tmp_path), moments)


TOML = """\
[project]
site_name = "RustFest"
site_description = "Talks and hacking."
site_url = "https://impldays.test/repo/"
watch = ["fests"]

[project.theme]
variant = "classic"
custom_dir = "overrides"
font = false
features = ["impldays.band"]
palette = {primary = "custom", accent = "custom"}

[project.plugins.search]

[project.markdown_extensions]
admonition = {}
attr_list = {}
def_list = {}
md_in_html = {}
smarty = {}
tables = {}
toc = {permalink = true}

[project.markdown_extensions.mkdocs_impldays]
fests = "fests/"
fest = "lisbon-2027"
feed_deadlines = true
session_pages = false
checks = {left-braces = "off"}

[project.markdown_extensions.pymdownx]
details = {}
snippets = {}
superfences = {}
"""
OPTIONS = {
    "fests": "fests/",
    "fest": "lisbon-2027",
    "feed_deadlines": True,
    "session_pages": False,
    "checks": {"left-braces": "off"},
}


def test_zensical_toml_makes_the_same_site(tmp_path: Path) -> None:
    now = "2026-12-01"
    folder = site_with_all_features(tmp_path)
    config = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    config["plugins"] = ["search", {"impldays": OPTIONS}]
    write(folder, {"mkdocs.yml": yaml.safe_dump(config)})
    done = run("zensical", folder, now)
    assert done.returncode == 0, done.stderr
    by_yaml, files_by_yaml = pages(folder), files(folder)
    assert not any("sessions/" in name for name in by_yaml)
    shutil.rmtree(folder / "site")
    (folder / "mkdocs.yml").unlink()
    write(folder, {"zensical.toml": TOML})
    of_toml = run("zensical", folder, now)
    assert of_toml.returncode == 0, of_toml.stderr
    assert pages(folder) == by_yaml
    assert files(folder) == files_by_yaml
    assert of_toml.stderr.replace("zensical.toml", "mkdocs.yml") == done.stderr


def test_a_site_that_left_mkdocs_has_the_same_pages(tmp_path: Path) -> None:
    """The manual's lines without the plugin, and those for zensical.toml."""
    folder, now = new_site(tmp_path, "hack-days"), "2027-06-07T12:00"
    assert run("zensical", folder, now).returncode == 0
    of_both = pages(folder)
    config = (folder / "mkdocs.yml").read_text("utf-8")
    plugin = re.search(r"  - impldays:\n.*\n", config)
    assert plugin is not None
    left = config.replace(plugin[0], "").replace(
        "markdown_extensions:\n  - mkdocs_impldays\n", MANUAL["mkdocs.yml, without the plugin"]
    )
    write(folder, {"mkdocs.yml": left})
    assert run("zensical", folder, now).returncode == 0
    assert pages(folder) == of_both
    write(folder, {"zensical.toml": MANUAL["zensical.toml"]})
    done = run("zensical", folder, now)
    assert done.returncode == 0, done.stderr
    assert "theme:" not in done.stderr
    assert pages(folder).keys() == of_both.keys()


def test_the_site_with_every_feature_uses_every_macro_and_tag() -> None:
    text = "".join(page.read_text("utf-8") for page in (FEATURES / "docs").rglob("*.md"))
    assert {"rsvp_button", "schedule"} <= macros().keys()
    assert macros().keys() - set(re.findall(r"\{\{ ([a-z_]+)\(", text)) == set()
    assert set(TAGS) - set(re.findall(r"\{% ([a-z]+)", text)) == set()


def test_the_manual_lists_the_differences() -> None:
    manual = (ROOT / "docs/organisers/how-to/engines.md").read_text("utf-8")
    rows = yaml.safe_load((ROOT / "tests/engines/differences.yml").read_text("utf-8"))
    section = manual.split("### What differs")[1].split("\n## ")[0]
    listed = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert listed == [f"| {row['what']} | {row['instead']} |" for row in rows]
