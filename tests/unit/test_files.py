import json
from collections.abc import Iterator
from itertools import pairwise

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import lines_of
from mkdocs_impldays.output.files import DEADLINES, EXPORT_SCHEMA, FEED, files_of, lasting_files
from tests.fests import EVENT, HEAD, RSVP, fest_of
from tests.judges.samples import FESTS, SITE, STAMP, STAMPS

PARIS, ROME = FESTS["paris-2018"], FESTS["rome-2018"]


ENDS = ("json", "xml")


def _session_calendars(fest: Fest) -> Iterator[str]:
    yield f"fests/{fest.id}/programme.ics"
    for name, (event, _, _) in lines_of(fest).items():
        yield f"fests/{fest.id}/programme-{event.id}.ics"
        yield f"fests/{fest.id}/sessions/{name}.ics"


def test_a_site_gives_calendars_data_and_pictures_of_each_fest() -> None:
    files = files_of(PARIS, fests=[ROME], site_url=SITE, stamps=STAMPS)
    assert set(files) == {
        DEADLINES,
        FEED,
        EXPORT_SCHEMA,
        "calendar/paris-2018.ics",
        *(f"calendar/paris-2018-{event}.ics" for event in PARIS.events),
        "calendar/rome-2018.ics",
        *(f"calendar/rome-2018-{event}.ics" for event in ROME.events),
        "fests/paris-2018.json",
        "fests/rome-2018.json",
        *(f"fests/{fest}/schedule.{end}" for fest in ("paris-2018", "rome-2018") for end in ENDS),
        *(path for fest in (PARIS, ROME) for path in _session_calendars(fest)),
        "assets/impldays/paris-2018-card.png",
        "assets/impldays/paris-2018-rsvp.svg",
        "assets/impldays/rome-2018-card.png",
        *(["assets/impldays/rome-2018-rsvp.svg"] if ROME.rsvp else []),
    }


def test_two_builds_give_the_same_bytes_whatever_the_order_of_the_fests() -> None:
    one = files_of(PARIS, fests=FESTS.values(), site_url=SITE, stamps=STAMPS)
    two = files_of(PARIS, fests=reversed(FESTS.values()), site_url=SITE, stamps=STAMPS)
    assert one == two
    assert all(a < b for a, b in pairwise(one))


def test_files_are_made_without_the_sites_address_too() -> None:
    files = files_of(FESTS["kyiv-2021"], fests=[], site_url=None, stamps=STAMPS)
    assert json.loads(files["fests/kyiv-2021.json"])["url"] is None
    assert b"URL" not in files[FEED]
    files = files_of(FESTS["kyiv-2021"], fests=[], site_url=SITE, stamps=STAMPS)
    assert json.loads(files["fests/kyiv-2021.json"])["url"].startswith(SITE)
    assert b"URL" in files[FEED]


def test_a_fest_whose_rsvp_has_no_address_yet_has_no_qr_code() -> None:
    nowhere = files_of(FESTS["nowhere-2030"], fests=[PARIS], site_url=SITE, stamps=STAMPS)
    codes = [path for path in nowhere if path.endswith(".svg")]
    assert codes == ["assets/impldays/paris-2018-rsvp.svg"]


def test_the_qr_code_leads_to_the_waiting_list_while_there_is_that_only() -> None:
    waiting = f"{RSVP}  waitlist_url: https://rustfest.eu/wait/\n"
    codes = [
        lasting_files(fest_of(HEAD + EVENT + text), site_url=SITE, stamp=STAMP, addresses={})[
            "assets/impldays/a-fest-rsvp.svg"
        ]
        for text in (waiting, f"{waiting}  availability: waitlist\n")
    ]
    assert [b"https://rustfest.eu/wait/" in code for code in codes] == [False, True]
