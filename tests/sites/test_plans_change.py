"""What became of the plan is told at the head of every page, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_impldays.pages.search import without_hidden
from tests.sites.building import PARIS, Built, built, site

CANCELLED = PARIS + "status: cancelled\n"
TOLD = "Cancelled: RustFest Paris"
ROME = PARIS.replace("2018-05-", "2018-11-").replace("Paris", "Rome")


def shown(done: Built, path: str = "index.html") -> str:
    """Return what readers see of a page; its head tells messengers too what is on the picture."""
    return done.page(path).partition("</head>")[2]


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_every_page_tells_it(tmp_path: Path, theme: str) -> None:
    files = {"docs/place.md": "# The place\n\nHere.\n"}
    done = built(site(tmp_path, files, fest=CANCELLED, theme={"name": theme}), strict=True)
    for path in ("index.html", "place/index.html", "fests/paris-2018/index.html"):
        assert shown(done, path).count(TOLD) == 1
    before, _, after = done.page("place/index.html").partition(TOLD)
    assert "<h1" not in before.rpartition("<body")[2].rpartition("impldays-notice")[2]
    assert "The place</h1>" in after or "The place<" in after


def test_nothing_stands_there_where_all_is_as_planned(tmp_path: Path) -> None:
    plain = PARIS.replace("    overflow: [formeret-clery]\n", "").replace("  formeret", "  x")
    done = built(site(tmp_path, {}, fest=plain))
    assert "impldays-notice" not in done.page()
    done = built(site(tmp_path, {}, fest=f"{plain}status: cancelled\n"))
    assert "impldays-notice" in done.page()


@pytest.mark.parametrize(
    ("page", "times"),
    [
        ("# Home\n\n{{ notice() }}\n", 1),
        ("---\nlayout: home\n---\n\nText.\n", 1),
        ("---\nhide: [fest]\n---\n# Home\n", 0),
        ("---\nhide: [toc]\n---\n# Home\n", 1),
    ],
)
def test_no_page_tells_it_twice(tmp_path: Path, page: str, times: int) -> None:
    files = {"docs/index.md": page}
    done = built(site(tmp_path, files, fest=CANCELLED, theme={"name": "material"}))
    assert shown(done).count(TOLD) == times


def test_a_page_of_another_fest_tells_what_became_of_that(tmp_path: Path) -> None:
    files = {"fests/rome-2018.yml": ROME + "status: postponed\n"}
    done = built(site(tmp_path, files), strict=True)
    page = shown(done, "fests/rome-2018/index.html")
    assert page.index("This is a page of RustFest Rome") < page.index("to be announced: ")
    assert "postponed" not in done.page()


def test_a_search_does_not_find_it_on_every_page(tmp_path: Path) -> None:
    files = {"docs/index.md": "# Home\n\nSearched for.\n"}
    done = built(site(tmp_path, files, fest=CANCELLED, theme={"name": "material"}))
    index = done.page("search/search_index.json")
    assert "Searched for." in index
    assert TOLD not in index
    assert TOLD in done.page()


def test_a_mistake_in_the_sites_own_notice_is_told(tmp_path: Path) -> None:
    files = {"overrides/partials/impldays/notice.html": "{{ fest.nme }}\n"}
    theme = {"name": "mkdocs", "custom_dir": "overrides"}
    done = built(site(tmp_path, files, fest=CANCELLED, theme=theme))
    assert done.stopped
    assert any(line.startswith("docs/index.md: the notice cannot be shown") for line in done.lines)


TENSES = """\
{{ takes_place() }}

{% before %}Come!{% else %}Not any more.{% endbefore %} {% today %}Open.{% endtoday %}
{% after %}That was it.{% endafter %} {% day 1 %}Hello.{% endday %}

{{ afterwards() }}

{{ fests_list() }}
"""


@pytest.mark.parametrize("moment", ["2018-04-01", "2018-05-28T12:00", "2018-08-01"])
@pytest.mark.parametrize(
    ("status", "says"), [("cancelled", "Not any more."), ("postponed", "Come!")]
)
def test_nothing_takes_place_that_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, status: str, says: str
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", moment)
    fest = f"{PARIS}status: {status}\nthanks: You were wonderful.\n"
    body = shown(built(site(tmp_path, {"docs/index.md": TENSES}, fest=fest)))
    assert "<p>would have taken place</p>" in body
    assert f"<p>{says}" in body
    for words in {"Come!", "Not any more.", "Open.", "That was it.", "Hello.", "wonderful"} - {
        says
    }:
        assert words not in body
    assert re.search(rf"<s>.*?May 2018</s></p>\s*<p>{status.capitalize()}\b[\w ,]*: ", body)


def test_what_has_new_days_is_moved_though_it_is_said_to_be_scheduled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01")
    event = "  impl_days:\n"
    fest = PARIS.replace(event, f"{event}    status: scheduled\n    new_start: 2018-07-05\n")
    assert fest != PARIS
    assert "New date for impl Days Paris" in shown(built(site(tmp_path, {}, fest=fest)))


CALLS = """\
contacts:
  - {name: Ana, phone: "+33 1 23 45 67 89", until: 2018-05-29}
  - {name: Bruno, email: bruno@rustfest.eu, from: 2018-05-28}
live:
  - {title: The notes, document: https://rustfest.eu/notes, until: 2018-05-28}
"""


@pytest.mark.parametrize(
    ("now", "there"),
    [
        ("2018-05-27T12:00", ["Ana", "Bruno", "notes"]),
        ("2018-05-28T23:58", ["Ana", "Bruno", "notes"]),
        ("2018-05-29T00:00", ["Ana", "Bruno"]),
        ("2018-05-29T19:00", ["Ana"]),
        ("2018-05-30T00:00", []),
    ],
)
def test_what_is_over_is_nowhere_in_the_site(tmp_path: Path, now: str, there: list[str]) -> None:
    files = {"docs/index.md": "# Help\n\n{{ contacts() }}\n\n{{ live() }}\n"}
    done = built(site(tmp_path, files, fest=PARIS + CALLS, options={"now": now}))
    text = "".join(
        path.read_text("utf-8")
        for path in sorted((tmp_path / "site").rglob("*"))
        if path.suffix in {".html", ".ics", ".json", ".xml"}
    )
    signs = {"Ana": "+33", "Bruno": "bruno@", "notes": "rustfest.eu/notes"}
    assert [name for name, sign in signs.items() if sign in text] == there
    assert ("+33" in done.page()) == ("Ana" in there)


TBA = """\
name: RustFest Paris
city: Paris
country: FR
timezone: Europe/Paris
status: cancelled
events:
  impl_days: {title: impl Days, days: tba}
"""
HOME = "---\nlayout: home\n---\n\n{{ schedule() }} {{ fests_list() }} {{ fest.dates }}\n"


@pytest.mark.parametrize("where", ["fest", "event", "one event of two"])
def test_what_is_cancelled_before_it_has_a_day_is_not_to_be_announced(
    tmp_path: Path, where: str
) -> None:
    fest = TBA
    if where != "fest":
        fest = TBA.replace("status: cancelled\n", "").replace("tba}", "tba, status: cancelled}")
    if where == "one event of two":
        fest = f"{fest}  talks: {{title: Talks, days: [2018-05-26]}}\n"
        fest += "rsvp: {event: impl_days, url: https://ti.to/asquera}\n"
    home = HOME + "{{ site.dates.impl_days }} {{ events.impl_days.dates }}\n"
    done = built(site(tmp_path, {"docs/index.md": home}, fest=fest, theme={"name": "material"}))
    assert "to be announced" not in done.page()
    assert "Cancelled: " in shown(done)


ONE = """\
name: RustFest Paris
city: Paris
country: FR
timezone: Europe/Paris
events:
  impl_days:
    title: impl Days
    days: [2018-05-28, 2018-05-29]
    venue: hub
    performers: [Ada]
"""
VENUES = "venues: {hub: {name: Hub}}\n"
ALL = """\
# Home

{{ takes_place() }}

{% today %}

On today.

{% endtoday %}

{{ tense("T-will", "T-is", "T-was") }}

{{ fests_list() }}
"""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    status: cancelled\n", "EventCancelled"),
        ("    status: postponed\n", "EventPostponed"),
        ("    new_start: 2018-06-28\n", "EventRescheduled"),
        ("    join: {url: https://rustfest.eu/live}\n", "EventMovedOnline"),
    ],
)
def test_what_befell_the_one_event_befell_the_fest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-28T12:00")
    done = built(site(tmp_path, {"docs/index.md": ALL}, fest=ONE + line + VENUES))
    node = done.page().partition('<script type="application/ld+json"')[2].partition("</script>")[0]
    assert set(re.findall(r"schema.org/(Event\w+)", node)) == {told}
    assert '"performer"' in node.partition('"subEvent"')[0]
    page = without_hidden(shown(done))
    is_on = told == "EventMovedOnline"
    assert ("On today." in page) == is_on
    assert ("T-is" in page) == is_on
    assert (">Current</p>" in page) == is_on
    assert ("would have taken place" in page) == (told in {"EventCancelled", "EventPostponed"})
