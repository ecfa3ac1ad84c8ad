"""The next edition: a fest file made from that of the last fest."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.cli import main
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.model import TBA
from mkdocs_impldays.fest.source import read
from mkdocs_impldays.fest.time import limited_span
from mkdocs_impldays.scaffold.edition import Changes, next_edition, taken_over
from mkdocs_impldays.scaffold.kinds import KINDS
from tests.fests import ROOT

LAST = """\
# The third time.
name: PyGhent 2027
edition: 3
city: Ghent
country: BE   # by train from Brussels
timezone: Europe/Brussels
description: PyGhent 2027 is about Python.
url: https://2027.pyghent.org/
status: rescheduled
organizer: {name: PyGhent vzw, email: hello@pyghent.org}
new_start: 2027-05-08

# What takes place.
events:
  talks:
    title: Talks
    days:  # on a Saturday
      - {date: 2027-05-01, opens: "09:00", closes: "18:00"}
      - {date: 2027-05-02, opens: "10:00", closes: "2027-05-03 01:00"}
    venue: kroek
    # The plan, by hand.
    agenda:
      - {at: "10:00", what: Opening, speakers: [ada], track: main}
    changes:
      - {date: 2027-02-01, what: A week later.}
  sprints: {title: Sprints, status: cancelled, days: [2027-05-03], venue: kroek, delay: 10}

venues:
  kroek: {name: De Krook, street: Miriam Makebaplein 1, city: Ghent}   # since 2017

tracks: {main: {name: Main track}}
speakers: {ada: {name: Ada}}

rsvp:
  event: talks
  url: https://tickets.pyghent.org/2027
  label: Come to PyGhent 2027
  opens: 2027-01-01        # with the newsletter
  closes: 2027-04-30 18:00
  availability: full
  tickets:
    - {name: Early bird, price: 80 EUR, closes: 2027-02-28}
    - name: Regular
      price: 120 EUR
      opens: 2027-03-01
calls:
  volunteers: {label: Help, url: mailto:crew@pyghent.org, closes: 2027-04-01}
contacts:
  - from: 2027-05-01
    name: Team
    email: team@pyghent.org
    until: 2027-05-03
live: [{stream: https://video.pyghent.org/1}]
thanks: Great!
site:
  since: 2020-01-01
look: {primary: "#1d4033", accent: "#f0d264", motif: roofs}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fests").mkdir()
    (tmp_path / "fests/pyghent-2027.yml").write_text(LAST, "utf-8")
    return tmp_path


def new(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *arguments], input=typed, catch_exceptions=False)


def load(path: Path) -> Fest:
    fest, problems = load_fest(path.read_bytes(), path=path.name, fest_id=path.stem)
    assert problems == []
    assert fest is not None
    return fest


def test_the_second_year_takes_over_what_lasts(folder: Path) -> None:
    done = new("pyghent-2028", "--yes")
    assert done.exit_code == 0, done.output
    path = folder / "fests/pyghent-2028.yml"
    fest = load(path)
    assert (fest.name, fest.edition, fest.city) == ("PyGhent 2028", 4, "Ghent")
    assert (fest.description, fest.url) == ("PyGhent 2028 is about Python.", None)
    assert {key: event.title for key, event in fest.events.items()} == {
        "talks": "Talks",
        "sprints": "Sprints",
    }
    assert fest.venues["kroek"].street == "Miriam Makebaplein 1"
    assert fest.organizer is not None
    assert fest.look.motif == "roofs"
    assert fest.site == {"since": "2020-01-01"}
    assert [(each.name, each.starts, each.until) for each in fest.contacts] == [("Team", TBA, None)]
    assert limited_span(fest.contacts[0], fest) is None, "their numbers are not for the year before"
    text = path.read_text("utf-8")
    assert text.startswith("# The third time.\n")
    for comment in ("# by train from Brussels", "# What takes place.", "# since 2017"):
        assert comment in text
    assert "The plan, by hand" not in text


def test_dates_deadlines_and_sessions_are_emptied(folder: Path) -> None:
    new("pyghent-2028", "--yes")
    fest = load(folder / "fests/pyghent-2028.yml")
    assert fest.status == "scheduled"
    assert [event.days for event in fest.events.values()] == [TBA, TBA]
    assert [event.agenda for event in fest.events.values()] == [(), ()]
    assert (fest.speakers, fest.live, fest.thanks, fest.new_start) == ({}, (), None, None)
    assert fest.rsvp is not None
    assert (fest.rsvp.url, fest.rsvp.opens, fest.rsvp.closes) == (TBA, TBA, TBA)
    assert (fest.rsvp.availability, fest.rsvp.label) == ("open", "Come to PyGhent 2028")
    early, regular = fest.rsvp.tickets
    assert (early.closes, early.price, regular.opens) == (TBA, fest.rsvp.tickets[0].price, TBA)
    volunteers = fest.calls["volunteers"]
    assert (volunteers.url, volunteers.closes) == ("mailto:crew@pyghent.org", TBA)


def test_days_that_are_given_keep_the_hours(folder: Path) -> None:
    done = new("pyghent-2028", "--yes", "--dates", "2028-05-06 to 2028-05-07")
    assert done.exit_code == 0, done.output
    first, second = load(folder / "fests/pyghent-2028.yml").events["talks"].known_days
    assert (first.start.hour, first.end.hour) == (9, 18)
    assert f"{second.end:%Y-%m-%d %H:%M}" == "2028-05-08 01:00"
    assert second.date == date(2028, 5, 7)


def test_hours_that_days_share_are_taken_over_once(folder: Path) -> None:
    path = folder / "fests/pyghent-2027.yml"
    own = '{date: 2027-05-01, opens: "09:00", closes: "18:00"}'
    shared = LAST.replace("    days:", '    opens: "09:00"\n    closes: "18:00"\n    days:', 1)
    path.write_text(shared.replace(own, "2027-05-01"), "utf-8")
    done = new("pyghent-2028", "--yes", "--dates", "2028-05-06 to 2028-05-08")
    assert done.exit_code == 0, done.output
    made = (folder / "fests/pyghent-2028.yml").read_text("utf-8")
    assert (made.count("09:00"), made.count("18:00")) == (1, 1)
    days = load(folder / "fests/pyghent-2028.yml").events["talks"].known_days
    assert [f"{day.start:%H:%M}–{day.end:%d %H:%M}" for day in days] == [
        "09:00–06 18:00",
        "10:00–08 01:00",
        "10:00–09 01:00",
    ]


def _two_venues(folder: Path) -> None:
    text = LAST.replace('closes: "2027-05-03 01:00"}', 'closes: "2027-05-03 01:00", venue: boat}')
    text = text.replace(
        "venues:\n", "venues:\n  boat: {name: A boat, street: Quay 1, city: Ghent}\n"
    )
    (folder / "fests/pyghent-2027.yml").write_text(text, "utf-8")


def test_a_venue_of_one_day_lasts(folder: Path) -> None:
    _two_venues(folder)
    done = new("pyghent-2028", "--yes")
    assert done.exit_code == 0, done.output
    assert list(load(folder / "fests/pyghent-2028.yml").venues) == ["boat", "kroek"]


def test_as_many_days_that_are_given_keep_the_venues(folder: Path) -> None:
    _two_venues(folder)
    done = new("pyghent-2028", "--yes", "--dates", "2028-05-06 to 2028-05-07")
    assert done.exit_code == 0, done.output
    days = load(folder / "fests/pyghent-2028.yml").events["talks"].known_days
    assert [day.venue for day in days] == [None, ("boat",)]


def test_a_warning_about_what_was_copied_is_printed_and_the_file_written(folder: Path) -> None:
    _two_venues(folder)
    path = folder / "fests/pyghent-2027.yml"
    text = path.read_text("utf-8").replace(
        "sprints: {title: Sprints, status: cancelled, days: [2027-05-03], ",
        "sprints: {title: Sprints, days: [2027-05-03], ",
    )
    path.write_text(text.replace("  sprints: {title", "  # sprints: {title"), "utf-8")
    done = new("pyghent-2028", "--yes", "--dates", "2028-05-06")
    assert done.exit_code == 0, done.output
    assert "fests/pyghent-2028.yml: written." in done.output
    unused = 'warning: venues: "boat" is a venue that no event uses. Use it, or delete it.'
    assert unused in done.output


@pytest.mark.parametrize("chosen", [[], ["--from", "pyghent-2027"]])
def test_a_fest_with_a_programme_file_has_a_next_edition(folder: Path, chosen: list[str]) -> None:
    path = folder / "fests/pyghent-2027.yml"
    text = path.read_text("utf-8").replace(
        "    venue: kroek\n    # The", "    venue: kroek\n    programme: talks.json\n    # The"
    )
    path.write_text(text, "utf-8")
    (folder / "fests/talks.json").write_text('{"schedule": {"conference": {"days": []}}}', "utf-8")
    done = new("pyghent-2028", "--yes", *chosen)
    assert done.exit_code == 0, done.output
    fest = load(folder / "fests/pyghent-2028.yml")
    assert (fest.name, fest.events["talks"].programme) == ("PyGhent 2028", None)


def test_another_city_has_other_venues(folder: Path) -> None:
    assert new("pybruges-2028", "--yes", "--city", "Bruges", "--venue", "Concertgebouw",
               "--country", "BE", "--name", "PyBruges").exit_code == 0  # fmt: skip
    fest = load(folder / "fests/pybruges-2028.yml")
    assert (fest.name, fest.city) == ("PyBruges", "Bruges")
    assert [venue.name for venue in fest.venues.values()] == ["Concertgebouw"]
    assert {event.venue for event in fest.events.values()} == {"concertgebouw"}


@pytest.mark.parametrize(
    ("options", "country", "zone"),
    [
        (("--city", "Porto", "--country", "PT"), "PT", "Europe/Lisbon"),
        (("--city", "Azores", "--country", "PT"), "PT", "Atlantic/Azores"),
        (
            (
                "--city",
                "Ghent",
            ),
            "BE",
            "Europe/Brussels",
        ),
        (("--city", "Lisbon", "--timezone", "Atlantic/Azores"), "PT", "Atlantic/Azores"),
    ],
)
def test_the_country_and_the_zone_are_those_of_an_earlier_fest_nearby(
    folder: Path, options: tuple[str, ...], country: str, zone: str
) -> None:
    last = LAST.replace("Ghent", "Lisbon").replace("country: BE", "country: PT")
    last = last.replace("Europe/Brussels", "Europe/Lisbon").replace("2027-", "2028-")
    (folder / "fests/pylisbon-2028.yml").write_text(last, "utf-8")
    done = new("next-2029", "--yes", *options)
    assert done.exit_code == 0, done.output
    fest = load(folder / "fests/next-2029.yml")
    assert (fest.country, fest.timezone.key) == (country, zone)
    is_assumed = "Porto" in options
    assert (
        "timezone: Europe/Lisbon, taken from an earlier fest in PT." in done.stdout
    ) is is_assumed


def test_no_zone_is_taken_over_from_another_country(folder: Path) -> None:
    done = new("madrid-2029", "--yes", "--city", "Vigo", "--country", "ES")
    assert (done.exit_code, (folder / "fests/madrid-2029.yml").exists()) == (1, False)
    assert done.stderr.startswith("--timezone: error: is not given, and cannot be guessed.")


def test_only_what_does_not_last_is_asked(folder: Path) -> None:
    done = new("pyghent-2028", typed="\n\n\n\n2028-05-06\n\nhttps://tickets.pyghent.org/2028\n")
    assert done.exit_code == 0, done.output
    fest = load(folder / "fests/pyghent-2028.yml")
    assert fest.rsvp is not None
    assert fest.rsvp.url == "https://tickets.pyghent.org/2028"
    assert "The name of the fest [PyGhent 2028]: " in done.stdout
    assert "colours" not in done.stdout


def test_the_fest_to_take_over_from_can_be_chosen(folder: Path) -> None:
    other = LAST.replace("De Krook", "Vooruit").replace("2027-", "2026-")
    (folder / "fests/pyghent-2026.yml").write_text(other, "utf-8")
    new("a-2028", "--yes", "--city", "Ghent")
    new("b-2028", "--yes", "--city", "Ghent", "--from", "pyghent-2026")
    assert load(folder / "fests/a-2028.yml").venues["kroek"].name == "De Krook"
    assert load(folder / "fests/b-2028.yml").venues["kroek"].name == "Vooruit"
    done = new("c-2028", "--yes", "--from", "pyghent-2025")
    assert done.stderr.startswith('--from: error: "pyghent-2025" is not a fest in fests/.')
    assert (done.exit_code, (folder / "fests/c-2028.yml").exists()) == (1, False)
    assert new("d-2028", "--yes", "--kind", "meetup", "--city", "Ghent", "--country", "BE",
               ).exit_code == 0  # fmt: skip
    assert [*load(folder / "fests/d-2028.yml").events] == ["meetup"]


def test_a_plan_to_meet_online_lasts_and_a_turn_does_not() -> None:
    turn = "name: A\njoin: {url: https://x.org/}\n"
    plan = "name: A\nattendance: online\njoin: {url: https://x.org/, from: 2027-01-01}\n"
    assert next_edition(turn, {}) == "name: A\n"
    assert next_edition(plan, {}) == "name: A\nattendance: online\njoin: {url: tba}\n"


def test_keys_that_are_not_in_use_stay_as_comments() -> None:
    last = "name: A\n# organizer: {name: …}\n# What became of it.\nstatus: cancelled\ncity: B\n"
    assert next_edition(last, {}) == "name: A\n# organizer: {name: …}\ncity: B\n"


EXAMPLES = """\
name: A
# Since 2027-01-01, agreed on 2027-02-29.
events:
  talks:
    days: [2027-05-01]
    # days:
    #   - {date: 2027-05-24, opens: "09:00"}
    #   - 2028-02-29
    description: |
      Not a comment:
      # opens: 2027-01-01
      nor this.
    # closes: 2026-12-31 23:59      # not 2025-01-01
"""


@pytest.mark.parametrize(
    ("years", "examples"),
    [
        (0, ["2027-05-24", "2028-02-29", "2026-12-31", "2025-01-01"]),
        (1, ["2028-05-24", "2029-02-28", "2027-12-31", "2026-01-01"]),
        (4, ["2031-05-24", "2032-02-29", "2030-12-31", "2029-01-01"]),
    ],
)
def test_examples_in_comments_are_of_the_next_year(years: int, examples: list[str]) -> None:
    """Dates in sentences of the organiser's and in texts stay."""
    text = next_edition(EXAMPLES, {}, years=years)
    dates = re.findall(r"\d{4}-\d\d-\d\d", text)
    assert dates == ["2027-01-01", "2027-02-29", *examples[:2], "2027-01-01", *examples[2:]]


@pytest.mark.parametrize("kind", KINDS)
def test_no_example_of_a_new_site_keeps_the_old_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    place = ("--country", "BE", "--timezone", "Europe/Brussels", "--kind", kind)
    assert new("hack-ghent-2027", "--yes", *place, "--dates", "2027-04-17").exit_code == 0
    assert new("hack-ghent-2028", "--yes").exit_code == 0
    first, second = (
        (tmp_path / f"fests/hack-ghent-{year}.yml").read_text("utf-8") for year in (2027, 2028)
    )
    assert "# opens: 2027-04-16" in first
    assert "# opens: 2028-04-16" in second
    assert "2027" not in second


def test_each_day_has_a_line_of_its_own_outside_of_brackets() -> None:
    days: Changes = {("events", "a", "days"): ["2028-05-06", "{date: 2028-05-07}"]}
    block = "events:\n  a:\n    title: A\n    days: tba\n    venue: b\n"
    lines = "    days:\n      - 2028-05-06\n      - {date: 2028-05-07}\n    venue: b\n"
    assert next_edition(block, days) == f"events:\n  a:\n    title: A\n{lines}"
    flow = "events: {a: {title: A, days: [2027-05-01]}}\n"
    assert next_edition(flow, days) == (
        "events: {a: {title: A, days: [2028-05-06, {date: 2028-05-07}]}}\n"
    )


def test_a_time_from_which_people_join_lasts() -> None:
    join = 'attendance: online\njoin: {url: https://x.org/, from: "18:15"}\n'
    assert next_edition(join, {}) == 'attendance: online\njoin: {url: tba, from: "18:15"}\n'


def test_whatever_can_be_read_as_a_fest_has_a_next_edition() -> None:
    """PyYAML's parser in Python refuses a question mark before a comma; the one in C reads it."""
    agenda = "    agenda:\n    - {at: '10:00', what: Who pays?, id: pay}\n    venue: kroek # here\n"
    assert next_edition(f"name: É\nevents:\n  talks:\n{agenda}", {}) == (
        "name: É\nevents:\n  talks:\n    venue: kroek # here\n"
    )


def test_the_levels_of_sponsors_stay_as_a_comment() -> None:
    last = "name: A\nsponsors:\n  - {level: Gold, name: B}\n  - {level: Gold, name: C}\nteam: [D]\n"
    assert next_edition(last, {}) == (
        "name: A\nteam: [D]\n\n# sponsors:\n#   - {level: Gold, name: …, url: https://…}\n"
    )


FESTS = sorted([*(ROOT / "fests").glob("*.yml"), *(ROOT / "tests/golden/fest/good").glob("*.yml"),
                *(ROOT / "tests/judges/fests").glob("*.yml")])  # fmt: skip


@pytest.mark.parametrize("path", FESTS, ids=lambda path: path.stem)
def test_any_fest_has_a_next_edition_without_dates(path: Path) -> None:
    text = next_edition(path.read_text("utf-8"), {})
    fest, problems = load_fest(text.encode(), path=path.name, fest_id="next-2050")
    assert [problem for problem in problems if "placeholder" not in str(problem)] == []
    assert problems or (fest is not None and fest.start is None)
    assert next_edition(text, {}) == text


_KEYS = st.sampled_from(["status", "rsvp", "url", "days", "join", "closes", "x", "changes"])
_SCALARS = st.sampled_from(["a", "2027-05-01", '"q: #"', "'it''s'", "tba"])


_PAIRS = st.lists(st.tuples(_KEYS, _SCALARS), unique_by=lambda each: each[0], min_size=1)


@given(data=st.dictionaries(_KEYS, _PAIRS, min_size=1), is_flow=st.booleans())
def test_any_text_stays_yaml(data: dict[str, list[tuple[str, str]]], *, is_flow: bool) -> None:
    text = "name: A\n"
    for key, pairs in data.items():
        lines = [f"{name}: {value}" for name, value in pairs]
        block = "".join(f"  {line}  # c\n" for line in lines)
        text += f"{key}: {{{', '.join(lines)}}}\n" if is_flow else f"{key}:\n{block}"
    source, problems = read(next_edition(text, {}).encode(), path="x.yml")
    assert problems == []
    assert source is not None
    assert {"status", "changes"}.isdisjoint(source.data)


@pytest.mark.parametrize(("city", "expected"), [("Ghent", "Europe/Brussels"), ("Lyon", None)])
def test_what_belongs_to_a_city_is_taken_over_in_that_city_alone(
    city: str, expected: str | None
) -> None:
    last, _ = load_fest(LAST.encode(), path="f.yml", fest_id="pyghent-2027")
    assert last is not None
    assert taken_over(last, "timezone", {"id": "pyghent-2028", "city": city}) == expected
