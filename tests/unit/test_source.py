import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.source import Plain, dotted, part_at, read

TEXT = b"""\
name: RustFest
days:
  - 2018-05-28
  - {date: 2018-05-29,
     opens: "09:00"}
empty:
"""


def _read(raw: bytes) -> object:
    source, problems = read(raw, path="f.yml")
    assert (source is None) == bool(problems)
    return source.data if source else [str(problem) for problem in problems]


def test_every_value_is_the_text_that_was_typed() -> None:
    assert _read(TEXT) == {
        "name": "RustFest",
        "days": ["2018-05-28", {"date": "2018-05-29", "opens": "09:00"}],
        "empty": None,
    }


@pytest.mark.parametrize("typed", ["NO", "yes", "10:30", "01067", "1.10", "+49301234", "0x1F", "="])
def test_what_yaml_1_1_would_change_stays(typed: str) -> None:
    assert _read(f"key: {typed}".encode()) == {"key": typed}


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_nothing_is_nothing(typed: str) -> None:
    assert _read(f"key: {typed}".encode()) == {"key": None}


@pytest.mark.parametrize("typed", ["''", '"~"', "'null'"])
def test_nothing_in_quotes_is_text(typed: str) -> None:
    assert _read(f"key: {typed}".encode()) == {"key": typed[1:-1]}


def test_only_what_has_no_quotes_is_plain() -> None:
    data = _read(b"plain: 7\nquoted: '7'\nblock: |\n  7\n")
    assert isinstance(data, dict)
    assert [key for key, value in data.items() if isinstance(value, Plain)] == ["plain"]


def test_every_part_knows_its_line() -> None:
    source, _ = read(TEXT, path="f.yml")
    assert source is not None
    assert source.line(("days", 0)) == 3
    assert source.line(("days", 1, "opens")) == 5
    assert source.line(("empty",)) == 6


def test_a_part_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    source, _ = read(TEXT, path="f.yml")
    assert source is not None
    assert source.line(("days", 1, "closes")) == 4
    assert source.line(("nowhere", 3)) == 1


def test_a_key_twice_keeps_the_first() -> None:
    source, problems = read(b"a: 1\nb: {c: 2, c: 3}\na: 4\n", path="f.yml")
    assert source is not None
    assert source.data == {"a": "1", "b": {"c": "2"}}
    assert [problem.line for problem in problems] == [2, 3]


def test_a_place_is_written_with_dots_and_brackets() -> None:
    assert dotted(("events", "impl_days", "days", 0, "date")) == "events.impl_days.days[0].date"


@pytest.mark.parametrize(
    ("where", "part"),
    [((), {"a": ["b"]}), (("a", 0), "b"), (("a", 1), None), (("a", "b"), None), (("c",), None)],
)
def test_a_part_is_found_or_nothing(where: tuple[str | int, ...], part: object) -> None:
    assert part_at({"a": ["b"]}, where) == part


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]))


@given(st.dictionaries(_TEXTS, st.lists(_TEXTS) | _TEXTS, min_size=1))
def test_text_comes_back_as_it_was_written(data: dict[str, object]) -> None:
    raw = yaml.safe_dump(data, default_style='"', allow_unicode=True).encode()
    assert _read(raw) == data
