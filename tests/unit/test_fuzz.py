"""The entries of the fuzzer, over its seeds and over some bytes of hypothesis."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_impldays.build import Build
from mkdocs_impldays.problems import Problem
from tests.fuzz import entries
from tests.fuzz.__main__ import NAMES
from tests.fuzz.entries import ENTRIES, FindingError
from tests.fuzz.seeds import dictionary, seeds

MISTAKE = "a mistake of ours"


def test_the_command_knows_every_entry() -> None:
    assert set(NAMES) == set(ENTRIES)


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_finds_nothing_in_its_seeds(name: str) -> None:
    assert len(seeds(name)) > 20
    for data in seeds(name):
        ENTRIES[name](data)


@pytest.mark.parametrize("name", ENTRIES)
@given(data=st.data())
@settings(max_examples=25)
def test_an_entry_finds_nothing_in_damaged_seeds(name: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(seeds(name)))
    begin = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(begin, min(len(seed), begin + 40)))
    ENTRIES[name](seed[:begin] + data.draw(st.binary(max_size=20)) + seed[end:])


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_does_not_swallow_an_exception(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(MISTAKE)

    for function in ("load_fest", "import_site", "read_programme"):
        monkeypatch.setattr(entries, function, fail)
    monkeypatch.setattr(Build, "prepare", fail)
    with pytest.raises(RuntimeError, match=MISTAKE):
        ENTRIES[name](seeds(name)[0])


@pytest.mark.parametrize(
    "text",
    ["<Facts object at 0x7f>", "&lt;function now at 0x7f>", "[datetime.date(2018, 5, 28)]"],
)
def test_the_text_of_an_object_on_a_page_is_a_finding(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Build, "_banner", lambda *_: f"<p>{text}</p>")
    with pytest.raises(FindingError, match="an object is printed"):
        ENTRIES["page"](b"# A page\n")
    ENTRIES["page"](f"`{text}`".encode())  # its author typed it


@pytest.mark.parametrize(
    ("message", "line"), [("is wrong.", 4), ("is wrong.", 0), ("", 1)], ids=str
)
def test_a_problem_without_its_line_or_message_is_a_finding(
    message: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem("fests/a-fest.yml", line, message)
    monkeypatch.setattr(entries, "load_fest", lambda *_, **__: (None, [problem]))
    with pytest.raises(FindingError, match="a problem"):
        ENTRIES["fest"](b"name: A\ncity: B\n")


def test_too_much_time_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_SECONDS", 0.0)
    with pytest.raises(FindingError, match="seconds for one input"):
        ENTRIES["fest"](b"")


def test_the_dictionary_has_the_form_that_the_fuzzer_reads() -> None:
    lines = dictionary().decode("ascii").splitlines()
    assert '"timezone: "' in lines
    assert r'"\x09"' in lines
    assert all(line[0] == line[-1] == '"' and '"' not in line[1:-1] for line in lines)
