"""The tutorials of the manual, followed word for word in an empty folder."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.fests import ROOT
from tests.sites.building import built, write
from tests.tutorial import MANUAL, TUTORIALS, Reader, blocks

pytestmark = pytest.mark.same_everywhere


def followed(folder: Path, page: str) -> Reader:
    """Return the reader of a tutorial once all of it was done."""
    clone = folder / "clone"
    clone.mkdir()
    reader = Reader(clone)
    reader.follow(MANUAL / page)
    return reader


def test_who_follows_the_tutorial_has_a_published_site(tmp_path: Path) -> None:
    reader = followed(tmp_path, "tutorial.md")
    assert reader.folder == tmp_path / "our-fest"
    show = ["git", "--git-dir", str(tmp_path / "our-fest.git"), "show"]
    home = subprocess.run([*show, "gh-pages:index.html"], check=True, capture_output=True).stdout
    for words in ("Hack days", "The old town hall", "30 min", "You were <em>wonderful</em>"):
        assert words.encode() in home
    for file in ("fests/lisbon-2027/index.html", "calendar/lisbon-2027.ics"):
        subprocess.run([*show, f"gh-pages:{file}"], check=True, capture_output=True)
    published = [said for said in reader.output if "pushing to GitHub" in said]
    assert len(published) == 3
    (check,) = (said for said in reader.output if "1 hint" in said)
    assert "rsvp.url is still “tba”" in check
    assert "index.html" in "".join(reader.output).splitlines()
    assert (reader.folder / "fests/lisbon-2028.yml").is_file()


def test_the_tutorial_shows_the_day_before_it_comes(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for title, text in blocks(MANUAL / "tutorial.md"):
        if title in ("fests/lisbon-2027.yml", "docs/index.md"):
            (tmp_path / title).parent.mkdir(exist_ok=True)
            (tmp_path / title).write_text(text, "utf-8")
    (tmp_path / "docs/location.md").write_text("# Location\n", "utf-8")
    (tmp_path / "docs/about.md").write_text("# About\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Lisbon\nplugins: [impldays]\n", "utf-8")
    (line,) = (
        line
        for title, text in blocks(MANUAL / "tutorial.md")
        for line in text.splitlines()
        if title == "Terminal" and "IMPLDAYS_NOW" in line
    )
    reader.type(line)
    page = (tmp_path / "site/index.html").read_text("utf-8")
    before, _, after = page.partition("The doors are open.")
    assert after
    assert "hidden" not in before[before.rindex("<div") :]


def test_who_writes_the_files_by_hand_has_a_site(tmp_path: Path) -> None:
    reader = followed(tmp_path, "how-to/by-hand.md")
    page = (reader.folder / "site/index.html").read_text("utf-8")
    assert "After the talks of RustFest Lisbon" in page


def test_both_tutorials_install_as_the_readme_does() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for page in TUTORIALS:
        first = blocks(page)[0]
        assert "pip install" in first.text
        assert first.text in readme
        assert "pip install" not in page.read_text("utf-8")


def test_the_three_files_in_the_readme_are_a_site_of_twenty_lines(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    names = ("fests/lisbon-2027.yml", "mkdocs.yml", "docs/index.md")
    texts = re.findall(r"```(?:yaml|markdown)\n(.*?)```", readme, re.DOTALL)
    write(tmp_path, dict(zip(names, texts, strict=True)))
    assert sum(text.count("\n") for text in texts) <= 20
    assert all(f"`{name}`" in readme for name in names)
    done = built(tmp_path)
    assert [line for line in done.lines if "tba" not in line] == []
    assert "impl Days in Lisbon" in done.page()
    assert "Monday 7 and Tuesday 8 June 2027" in done.page()
