"""Which drawn days belong to one event, and where its name stands below them."""

from __future__ import annotations

import pytest

from mkdocs_impldays.names.schedule import run_facts
from tests.fests import HEAD, ROOT, fest_of, paris


def _runs(events: dict[str, list[int]]) -> list[tuple[object, ...]]:
    """Return each run's name, first day, days and row, for events on days of May."""
    typed = "".join(
        f"  {name}: {{title: {name}, days: [{', '.join(f'2018-05-{day:02}' for day in days)}]}}\n"
        for name, days in events.items()
    )
    runs = run_facts(fest_of(f"{HEAD}events:\n{typed}"))
    return [(str(run), run["first"], run["days"], run["row"]) for run in runs]


@pytest.mark.parametrize(
    ("events", "runs"),
    [
        ({"a": [1]}, [("a", 0, 1, 0)]),
        ({"a": [1, 2], "b": [3]}, [("a", 0, 2, 0), ("b", 2, 1, 0)]),
        ({"a": [1, 2], "b": [1, 2]}, [("a", 0, 2, 0), ("b", 0, 2, 1)]),
        ({"a": [1, 2, 3], "b": [2]}, [("a", 0, 3, 0), ("b", 1, 1, 1)]),
        ({"a": [1, 3], "b": [2]}, [("a", 0, 1, 0), ("b", 1, 1, 0), ("a", 2, 1, 0)]),
        ({"a": [1, 9]}, [("a", 0, 2, 0)]),
    ],
)
def test_a_name_stands_once_below_days_that_are_drawn_side_by_side(
    events: dict[str, list[int]], runs: list[tuple[object, ...]]
) -> None:
    assert _runs(events) == runs


def test_the_run_of_the_main_event_is_known() -> None:
    assert [bool(run["is_main"]) for run in run_facts(paris())] == [False, False, True]


def test_a_fest_without_days_has_no_runs() -> None:
    assert run_facts(fest_of(f"{HEAD}events:\n  a: {{title: A, days: tba}}\n")) == []


def test_two_events_on_the_same_days_stand_in_two_rows() -> None:
    barcelona = fest_of((ROOT / "fests/barcelona-2019.yml").read_text("utf-8"))
    assert [run["row"] for run in run_facts(barcelona)] == [0, 1, 0]
