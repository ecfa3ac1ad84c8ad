"""Sponsors, the team and links on a page of a site."""

from __future__ import annotations

from pathlib import Path

import html5lib

from mkdocs_impldays.plugin.dry_run import site_problems
from tests.fests import EVENT, HEAD
from tests.sites.building import Built, built, site

FEST = f"""{HEAD}{EVENT}sponsors:
  - level: Gold
    name: Acme & Sons
    url: https://rustfest.eu/acme
    logo: img/acme.svg
    logo_dark: img/acme-dark.svg
    about: Makes *tools*.
  - {{level: Silver, name: Initech}}
  - {{level: Gold, name: Hooli, logo: img/hooli.svg}}
team: [{{name: Ada, role: Programme, links: [{{title: Code, url: "https://rustfest.eu/ada"}}]}}]
links: [{{title: Mastodon, url: "https://rustfest.eu/@fest"}}]
pages: {{code_of_conduct: /conduct/}}
"""
LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 3'/>"
PAGES = {
    "docs/index.md": "# Home\n\nHello.\n",
    "docs/about/us.md": "# Us\n\n{{ sponsors() }}\n\n{{ team() }}\n\n{{ links() }}\n",
    "docs/conduct.md": "# Conduct\n",
}
LOGOS = {f"docs/img/{name}.svg": LOGO for name in ("acme", "acme-dark", "hooli")}


def _built(tmp_path: Path, files: dict[str, str], fest: str = FEST) -> Built:
    return built(site(tmp_path, files, fest=fest, options={"now": "2018-01-01T12:00"}))


def test_sponsors_are_drawn_by_level_with_their_logos(tmp_path: Path) -> None:
    done = _built(tmp_path, PAGES | LOGOS)
    assert not done.stopped, done.lines
    tree = html5lib.parse(done.page("about/us/index.html"), namespaceHTMLElements=False)
    levels = [each.text for each in tree.findall(".//p[@class='impldays-sponsors__level']")]
    assert levels == ["Gold", "Silver"]
    link = tree.find(".//a[@href='https://rustfest.eu/acme']")
    assert link.get("rel") == "sponsored noopener"
    logos = [(each.get("src"), each.get("alt")) for each in link.findall("img")]
    assert logos == [
        ("../../img/acme.svg", "Acme & Sons"),
        ("../../img/acme-dark.svg", "Acme & Sons"),
    ]
    sizes = {(each.get("width"), each.get("height")) for each in link.findall("img")}
    assert sizes == {("9", "3")}
    assert tree.find(".//a[@href='https://rustfest.eu/@fest']").get("rel") == "me noopener"
    assert tree.find(".//a[@href='../../conduct/']") is not None
    assert "Programme" in done.page("about/us/index.html")


def test_a_logo_that_is_not_there_is_reported(tmp_path: Path) -> None:
    done = _built(
        tmp_path, PAGES | LOGOS | {"docs/img/hooli.svg": ""}, FEST.replace("hooli.", "h.")
    )
    assert any("img/h.svg" in line for line in done.lines), done.lines


def test_a_missing_picture_of_any_fest_is_reported_with_its_line(tmp_path: Path) -> None:
    look = "look: {primary: '#26323f',\n  picture: img/hall.jpg}\n"
    old = f"{HEAD}{EVENT}{look}".replace("2018", "2017")
    files = PAGES | LOGOS | {"fests/old-2017.yml": old, "docs/img/town.svg": LOGO}
    done = built(site(tmp_path, files, fest=FEST + look.replace("hall.jpg", "town.svg")))
    line = old.splitlines().index("  picture: img/hall.jpg}") + 1
    told = [each for each in done.lines if "is not a file" in each]
    message = 'look.picture: "img/hall.jpg" is not a file in the folder of your pages.'
    advice = "Correct the path, or put the file there. [dead-link]"
    assert told == [f"fests/old-2017.yml:{line}: {message} {advice}"]


def test_only_one_level_is_shown_if_a_page_asks_for_it(tmp_path: Path) -> None:
    pages = PAGES | {"docs/about/us.md": '# Us\n\n{{ sponsors("Silver") }}\n'}
    page = _built(tmp_path, pages | LOGOS).page("about/us/index.html")
    assert "Initech" in page
    assert "Acme" not in page


def test_a_level_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    pages = PAGES | {"docs/about/us.md": '# Us\n\n{{ sponsors("Silber") }}\n'}
    lines = _built(tmp_path, pages | LOGOS).lines
    assert any("“Silber”" in line or '"Silber"' in line for line in lines), lines


def test_check_tells_each_missing_file_once_at_the_line_in_use(tmp_path: Path) -> None:
    """A new fest file has the keys as comments, which are not what was typed."""
    fest = f"# pages: {{code_of_conduct: /conduct/}}\n{FEST}"
    files = {name: text for name, text in PAGES.items() if name != "docs/conduct.md"}
    root = site(tmp_path, files, fest=fest, options={"now": "2018-01-01T12:00"})
    found = [each for each in site_problems(root / "mkdocs.yml") if each.check == "dead-link"]
    lines = {
        "acme.svg": "logo: img/acme.svg",
        "acme-dark.svg": "logo_dark: ",
        "hooli.svg": "hooli.svg",
    }
    lines["/conduct/"] = "\npages: {"
    assert len(found) == len(lines)
    for name, typed in lines.items():
        (problem,) = [each for each in found if f'{name}"' in each.message]
        line = fest[: fest.index(typed) + 1].count("\n") + 1
        assert problem.location == f"fests/paris-2018.yml:{line}"
