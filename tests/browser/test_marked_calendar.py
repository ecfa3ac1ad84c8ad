"""The calendar file of marked sessions, made in the browser, and judged by libical and ical.js."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.fests import HEAD
from tests.judges.gate import as_ical_js_reads, byte_faults, libical_faults
from tests.sites.building import built
from tests.sites.building import site as written

FEST = f"""{HEAD}speakers: {{ada: {{name: Ada Beispiel}}}}
events:
  talks:
    title: Talks
    days:
      - date: 2027-06-05
        opens: "09:00"
        closes: "18:00"
        agenda:
          - {{at: "10:00", until: "11:00", what: "Größe; commas, \\\\ and 日本語", id: keynote,
             speakers: [ada], about: "Very, very long. {"ab " * 90}"}}
          - {{at: "11:00", until: "12:00", what: Debuggers, id: debuggers}}
          - {{at: "13:00", until: "14:00", what: Macros, id: macros}}
          - {{at: "15:00", until: "16:00", what: Parsers, id: parsers}}
"""
PAGE = "# Schedule\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n"
DAY = 86_400
ELEVEN = 1_812_186_000
"""The moment of 2027-06-05T11:00+02:00, in seconds since 1970."""


def _publish(site: Site, folder: Path, fest: str, moment: int, patch: pytest.MonkeyPatch) -> str:
    patch.setenv("SOURCE_DATE_EPOCH", str(moment))
    files = {"docs/index.md": PAGE, "fests/a-fest.yml": fest}
    theme = {"name": "mkdocs", "highlightjs": False}
    options = {"fest": "fests/a-fest.yml"}
    done = built(written(folder, files, options=options, theme=theme))
    assert not done.stopped, done.lines
    site.pages.clear()
    site.policy = "default-src 'self' 'unsafe-inline'"  # as MkDocs' own theme needs
    return site.put_folder(folder / "site")


def _saved(page: Page) -> bytes:
    with page.expect_download() as download:
        page.click(".impldays-save")
    assert download.value.suggested_filename == "a-fest.ics"
    return download.value.path().read_bytes()


def test_the_marked_sessions_are_one_calendar_that_is_right_after_changes(
    visitor: BrowserContext,
    site: Site,
    tmp_path: Path,
    icalcheck: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = _publish(site, tmp_path / "first", FEST, 1_800_000_000, monkeypatch)
    page = visitor.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    for name in ("parsers", "keynote", "debuggers", "macros", "macros", "macros"):
        page.click(f"#session-{name} .impldays-mark")
    files = {"first": _saved(page)}
    changed = (
        FEST.replace('"11:00", until: "12:00"', '"16:00", until: "17:00"')
        .replace("what: Macros,", "what: Macros, status: cancelled,")
        .replace('          - {at: "15:00", until: "16:00", what: Parsers, id: parsers}\n', "")
    )
    _publish(site, tmp_path / "second", changed, 1_800_000_000 + DAY, monkeypatch)
    files["second"] = _saved(page)
    page.reload()
    files["after the next visit"] = _saved(page)

    for data in files.values():
        assert byte_faults(data) == []
        assert libical_faults(data, icalcheck, tmp_path) == []
        assert data.count(b"BEGIN:VTIMEZONE") == 1
    read = as_ical_js_reads(files, tmp_path)
    assert [each["faults"] for each in read.values()] == [[]] * 3
    first, *later = ({each["uid"]: each for each in read[name]["events"]} for name in files)
    titles = {each["summary"].split()[-1]: uid for uid, each in first.items()}
    assert [*titles] == ["日本語", "Debuggers", "Macros", "Parsers"]
    for now in later:
        assert now.keys() == {titles[name] for name in ("日本語", "Debuggers", "Macros")}
        assert now[titles["Macros"]]["status"] == "CANCELLED"
        moved = now[titles["Debuggers"]]
        assert moved["start"]["unix"] == ELEVEN + 5 * 3600
        assert moved["sequence"] > first[titles["Debuggers"]]["sequence"]
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}


def test_without_marks_or_a_network_the_reason_is_told(
    visitor: BrowserContext, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _publish(site, tmp_path, FEST, 1_800_000_000, monkeypatch)
    page = visitor.new_page()
    page.goto(address)
    status = page.locator(".impldays-filter [role=status]")
    buttons = [page.locator(f".impldays-{name}") for name in ("save", "forget")]
    heading = page.locator("#session-keynote").bounding_box()
    assert [each.is_visible() for each in buttons] == [False, False]
    page.click("#session-keynote .impldays-mark")
    assert [each.is_visible() for each in buttons] == [True, True]
    assert page.locator("#session-keynote").bounding_box() == heading
    page.focus(".impldays-forget")
    page.keyboard.press("Enter")
    assert status.inner_text() == "No session is marked"
    assert page.evaluate("document.activeElement.name") == "mine"
    assert [each.is_visible() for each in buttons] == [False, False]
    page.click("#session-keynote .impldays-mark")
    offline = "The calendar file could not be loaded: try again when you are online"
    for answer in ("offline", "portal"):
        visitor.set_offline(answer == "offline")
        site.pages["/fests/a-fest/sessions/keynote.ics"] = b"<p>Please accept our terms.</p>"
        page.click(".impldays-forget")
        page.click("#session-keynote .impldays-mark")
        page.click(".impldays-save")
        expect(status).to_have_text(offline)
    assert page.url == address
