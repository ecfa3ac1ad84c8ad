import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import MAX_PROBLEMS, load_fest
from mkdocs_impldays.fest.source import MAX_BYTES
from mkdocs_impldays.problems import Problem

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/fest"
GOOD = (GOLDEN / "good/lisboa-2027.yml").read_text("utf-8")
PARIS = (ROOT / "fests/paris-2018.yml").read_text("utf-8")

MAKERS: dict[str, bytes] = {
    "empty": b"",
    "comment": b"# to be written\n",
    "mark": b"---\n",
    "latin_1": GOOD.replace("Hub", "Hüb").encode("latin-1"),
    "utf_16": GOOD.encode("utf-16"),
    "utf_16_bare": GOOD.encode("utf-16-le"),
    "utf_32": GOOD.encode("utf-32"),
    "bom": GOOD.encode("utf-8-sig"),
    "crlf": GOOD.replace("\n", "\r\n").encode(),
    "cr": GOOD.replace("country: PT", "country: pt").replace("\n", "\r").encode(),
    "cut": (GOOD + "# fin é").encode()[:-1],
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "nul": GOOD.replace("Talks", "Ta\0lks").encode(),
    "escape": GOOD.replace("Talks", "\x1b[31mTalks").encode(),
    "separator": GOOD.replace("Talks", "Ta\u2028lks").encode(),
    "next_line": GOOD.replace("Talks", "Ta\x85lks").encode(),
    "ten_megabytes": GOOD.encode() + b"#" * 10_000_000,
    "brackets": b"name: " + b"[" * 20_000,
    "braces": b"name: " + b"{" * 20_000,
    "dashes": b"- " * 20_000,
    "questions": b"? " * 20_000,
    "nested": "".join(" " * n + "a:\n" for n in range(500)).encode(),
    "alias_bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "many_keys": GOOD.encode() + b"".join(b"k%d: x\n" % n for n in range(10_000)),
    "many_duplicates": GOOD.encode() + b"city: Porto\n" * 10_000,
    "many_days": GOOD.replace("[2027-05-29]", "[" + "x," * 10_000 + "]").encode(),
    "long_word": GOOD.replace("Talks", "x" * 200_000).encode(),
    "long_address": GOOD.replace("https://ti", "https://" + "a." * 100_000).encode(),
}
"""Files too large, too odd or too broken to stand in a table."""


def _load(raw: bytes | str) -> tuple[Fest | None, list[Problem]]:
    raw = raw.encode() if isinstance(raw, str) else raw
    return load_fest(raw, path="f.yml", fest_id="lisboa-2027")


def _told(raw: bytes | str) -> list[str]:
    return [
        str(problem) if problem.severity == "error" else f"{problem.severity}: {problem}"
        for problem in _load(raw)[1]
    ]


def _rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{file.stem}: {row['name']}")
        for file in sorted(GOLDEN.glob("*.yml"))
        for row in yaml.safe_load(file.read_text("utf-8"))
    ]


def _input(row: dict[str, Any]) -> bytes:
    text = GOOD
    if "make" in row:
        return MAKERS[row["make"]]
    if "section" in row:
        name, to = row["section"]["name"], row["section"]["to"]
        text = re.sub(rf"(?m)^{name}:\n(?: .*\n)+", lambda _: to, GOOD, count=1)
    for change in row.get("change", []):
        assert change["from"] in text
        text = text.replace(change["from"], change["to"], 1)
    return str(row.get("text", text)).encode()


def test_the_good_fest_has_no_problem() -> None:
    fest, problems = _load(GOOD)
    assert (problems, fest and fest.name) == ([], "RustFest Lisboa")


def test_the_table_of_bad_input_is_long() -> None:
    assert len(_rows()) >= 150


@pytest.mark.parametrize("row", _rows())
def test_a_bad_file_is_told_line_by_line(row: dict[str, Any]) -> None:
    told = _told(_input(row))
    if "count" in row:
        assert (len(told), told[0], told[-1]) == (row["count"], row["first"], row["last"])
    else:
        assert told == row["problems"]


@pytest.mark.parametrize("row", _rows())
def test_a_fest_comes_out_just_where_no_error_is_told(row: dict[str, Any]) -> None:
    fest, problems = _load(_input(row))
    assert (fest is None) == any(problem.severity == "error" for problem in problems)


@pytest.mark.parametrize("row", _rows())
def test_a_message_quotes_what_is_there_and_ends_in_what_to_do(row: dict[str, Any]) -> None:
    for problem in _load(_input(row))[1]:
        assert re.search(r"[.:?] [A-Z].+|\?$", problem.message), problem
        said = re.sub('".*?"', "", problem.message)
        assert not re.search(r"\b(str|int|dict|tuple|NoneType|None|Error|yaml)\b", said)


def test_a_file_of_the_largest_size_is_read() -> None:
    full = GOOD + "#" * (MAX_BYTES - len(GOOD.encode()))
    assert _told(full) == []
    assert len(_told(full + "#")) == 1


def test_more_problems_than_one_reads_are_cut() -> None:
    told = _told(GOOD + "".join(f"key{n}: x\n" for n in range(MAX_PROBLEMS + 1)))
    assert len(told) == MAX_PROBLEMS + 1
    assert told[-1].endswith("more than 50 problems. Fix those listed here first.")


@pytest.mark.parametrize("fest_id", ["Lisboa-2027", "lisboa 2027", "../x", ""])
def test_a_file_name_that_makes_no_address_is_told_without_a_line(fest_id: str) -> None:
    fest, problems = load_fest(GOOD.encode(), path="f.yml", fest_id=fest_id)
    assert fest is None
    assert [problem.line for problem in problems] == [None]


def test_free_data_keeps_its_shape() -> None:
    site = "site: {n: 7, zero: 007, yes: true, no: NO, time: 10:30, q: '7', e: 1.10, none: }\n"
    fest, _ = _load(re.sub(r"(?ms)^site:.*", lambda _: site, GOOD))
    assert fest is not None
    assert fest.site == {
        "n": 7,
        "zero": "007",
        "yes": True,
        "no": "NO",
        "time": "10:30",
        "q": "7",
        "e": "1.10",
        "none": None,
    }


def test_yaml_1_1_makes_nothing_of_typed_values() -> None:
    text = GOOD.replace("country: PT", "country: NO").replace("1100-052", "01067")
    fest, _ = _load(text.replace("Europe/Lisbon", "Europe/Oslo").replace('"09:00"', "10:30"))
    assert fest is not None
    day = fest.events["impl_days"].known_days[0]
    assert (fest.country, fest.venues["cinema"].postcode, f"{day.opens}") == (
        "NO",
        "01067",
        "10:30:00",
    )


@pytest.mark.parametrize("path", sorted((ROOT / "fests").glob("*.yml")), ids=lambda p: p.stem)
def test_the_fests_of_this_site_have_no_problem(path: Path) -> None:
    assert load_fest(path.read_bytes(), path=path.name, fest_id=path.stem)[1] == []


def test_what_was_read_reads_again_as_the_same() -> None:
    fest, _ = _load(PARIS)
    assert fest is not None
    context = {"zone": fest.timezone, "id": fest.id}
    again = Fest.model_validate(fest.model_dump(exclude_none=True), context=context)
    assert again.model_dump() == fest.model_dump()
    assert [event.start for event in again.events.values()] == [
        event.start for event in fest.events.values()
    ]


def _fest_of_any(raw: bytes) -> Fest | None:
    """Return the fest of a text; where there is none, errors have a line and say why."""
    fest, problems = load_fest(raw, path="f.yml", fest_id="x")
    assert (fest is None) == any(problem.severity == "error" for problem in problems)
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    for problem in problems:
        assert problem.line is not None
        assert 1 <= problem.line <= lines
        assert "\n" not in str(problem)
    return fest


@given(st.binary(max_size=400))
def test_any_bytes_end_in_problems(raw: bytes) -> None:
    assert _fest_of_any(raw) is None


@given(st.text(st.sampled_from(" \n\t\r:-?[]{}&*!|>'\"%@`#,ab0~<=.\\\ufeff\x85é"), max_size=60))
def test_any_signs_of_yaml_end_in_problems(text: str) -> None:
    assert _fest_of_any(text.encode()) is None


_KEYS = st.sampled_from(
    [
        *Fest.model_fields,
        *("talks", "title", "days", "date", "opens", "closes", "agenda", "at", "what", "venue"),
        *("overflow", "hub", "latitude", "longitude", "event", "email", "primary", "accent"),
    ]
)
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.dates().map(str)
    | st.datetimes().map(str)
    | st.times().map(lambda clock: f"{clock:%H:%M}")
    | st.sampled_from(["tba", "impl_days", "talks", "hub", "FR", "Europe/Paris", "#", "en"])
)
_VALUES: st.SearchStrategy[object] = st.deferred(
    lambda: _SCALARS | st.lists(_VALUES, max_size=4) | st.dictionaries(_KEYS, _VALUES, max_size=5)
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=8))
def test_any_structure_ends_in_problems(data: dict[str, Any]) -> None:
    fest = _fest_of_any(yaml.safe_dump(data, allow_unicode=True).encode())
    assert fest is None or set(data) <= set(Fest.model_fields)


def _changed(line: str, other: str, way: int, text: str, made: object) -> list[str]:
    """Return what may become of a line: nothing, twice the same, another place, another value."""
    key, colon, value = line.partition(":")
    return [
        [],
        [line, line],
        [f" {line}"],
        [line[1:]],
        [line.upper()],
        [key + value],
        [line[::-1]],
        [other],
        [f"{key}: {text}"],
        [f"{key}{colon} {yaml.safe_dump(made).strip()}"],
    ][way]


@st.composite
def _mutations(draw: st.DrawFn) -> bytes:
    """Return the fest of Paris with some of its lines changed."""
    lines = PARIS.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        way, text, made = draw(st.tuples(st.integers(0, 9), st.text(max_size=12), _VALUES))
        lines[at : at + 1] = _changed(lines[at], lines[other], way, text, made)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@given(_mutations())
def test_any_change_of_a_real_fest_ends_in_a_fest_or_problems(raw: bytes) -> None:
    fest = _fest_of_any(raw)
    assert fest is None or fest.events


def test_the_fest_that_is_changed_in_these_tests_has_no_problem_itself() -> None:
    assert _fest_of_any(PARIS.encode()) is not None
    assert _fest_of_any(PARIS.replace("timezone:", "timezoen:").encode()) is None


def test_many_warnings_stay_warnings_and_many_errors_come_first() -> None:
    links = "".join(f"  link{n}: https://ti.to/url-to-do\n" for n in range(60))
    head = "name: A\ncity: Rome\ncountry: IT\ntimezone: Europe/Rome\n"
    raw = f"{head}events: {{a: {{title: A, days: tba}}}}\nsite:\n{links}"
    fest, problems = load_fest(raw.encode(), path="f.yml", fest_id="f-2027")
    assert fest is not None
    assert len(problems) == MAX_PROBLEMS + 1
    assert {each.severity for each in problems} == {"warning"}
    fest, problems = load_fest((raw + "urll: x\n").encode(), path="f.yml", fest_id="f-2027")
    assert fest is None
    assert next(each.message for each in problems if each.severity == "error")[:6] == '"urll"'
