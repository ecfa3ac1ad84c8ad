"""When the fests were last changed."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from mkdocs_impldays.disk import read_sources
from mkdocs_impldays.fest.load import load_fest, load_fests
from mkdocs_impldays.revision import changed_at, removed_since

GOLDEN = Path(__file__).parents[1] / "golden/programme"
COMMITTED = datetime(2018, 4, 18, 10, 30, tzinfo=UTC)
EDITED = datetime(2018, 5, 27, 22, 6, tzinfo=UTC)


LATER = datetime(2018, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def fest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fest file in a folder of its own, edited late in the evening."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = tmp_path / "fests" / "paris-2018.yml"
    path.parent.mkdir()
    path.write_text("name: Paris\n")
    os.utime(path, (EDITED.timestamp(), EDITED.timestamp()))
    return path


def git(folder: Path, *command: str, at: datetime = COMMITTED) -> None:
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    names = {f"GIT_{who}_{what}": "a@b.eu" for who in ("AUTHOR", "COMMITTER")
             for what in ("NAME", "EMAIL")}  # fmt: skip
    dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    subprocess.run(
        ["git", *command],
        cwd=folder,
        env={**os.environ, **names, **dates},
        check=True,
        capture_output=True,
    )


def commit(folder: Path, at: datetime) -> None:
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "A fest", at=at)


def changed(path: Path) -> datetime:
    return changed_at([path])[path]


def test_without_git_it_is_the_last_edit(fest: Path) -> None:
    assert changed(fest) == EDITED


def test_what_is_committed_has_the_date_of_its_commit(fest: Path) -> None:
    commit(fest.parent, COMMITTED)
    assert changed(fest) == COMMITTED


def test_a_commit_of_another_fest_changes_nothing(fest: Path) -> None:
    commit(fest.parent, COMMITTED)
    other = fest.with_name("rome-2018.yml")
    other.write_text("name: Rome\n")
    commit(fest.parent, LATER)
    assert changed_at([fest, other]) == {fest: COMMITTED, other: LATER}


def test_files_of_several_folders_are_not_confused(fest: Path) -> None:
    inner = fest.parent / "old" / fest.name
    inner.parent.mkdir()
    inner.write_text("name: Paris\n")
    commit(fest.parent, COMMITTED)
    inner.write_text("name: Old Paris\n")
    commit(fest.parent, LATER)
    assert changed_at([fest, inner]) == {fest: COMMITTED, inner: LATER}
    inner.write_text("name: Not committed\n")
    os.utime(inner, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed_at([fest, inner]) == {fest: COMMITTED, inner: EDITED}


@pytest.mark.parametrize("name", ["été 2018.yml", "[x].yml", "-f.yml"])
def test_any_name_will_do(fest: Path, name: str) -> None:
    path = fest.rename(fest.with_name(name))
    commit(fest.parent, COMMITTED)
    assert changed(path) == COMMITTED
    path.write_text("name: Rome\n")
    os.utime(path, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed(path) == EDITED


def test_a_merge_changes_what_it_brings_whatever_the_dates_of_its_commits(fest: Path) -> None:
    folder = fest.parent
    commit(folder, COMMITTED - timedelta(days=9))
    git(folder, "checkout", "-b", "edit")
    fest.write_text("name: Rome\n")
    commit(folder, COMMITTED - timedelta(days=5))
    git(folder, "checkout", "-")
    other = fest.with_name("rome-2018.yml")
    other.write_text("name: Rome\n")
    commit(folder, COMMITTED - timedelta(days=2))
    git(folder, "merge", "--no-ff", "edit", at=COMMITTED)
    assert changed_at([fest, other]) == {fest: COMMITTED, other: COMMITTED - timedelta(days=2)}


def test_an_edit_that_is_not_committed_counts(fest: Path) -> None:
    commit(fest.parent, COMMITTED)
    fest.write_text("name: Rome\n")
    os.utime(fest, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed(fest) == EDITED


def test_the_environment_wins(fest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    assert changed(fest).timestamp() == 1500000000


def test_what_is_not_there_was_never_changed(fest: Path) -> None:
    assert changed(fest.with_name("nothing.yml")).timestamp() == 0
    assert changed(fest).timestamp() == EDITED.timestamp()


AGENDA = """name: RustFest
city: Paris
country: FR
timezone: Europe/Paris
venues: {casa: {name: Casa, rooms: {big: {name: Hall}}}}
events:
  talks:
    title: Talks
    days: [2018-05-28]
    venue: casa
    agenda:
      - {at: "09:00", what: Doors}
      - {at: "10:00", what: Errors, id: errors, room: big}
      - {at: "11:00", what: Macros, room: big}
"""
BEFORE = datetime(2018, 5, 1, tzinfo=UTC)


def removed(path: Path, text: str, *, moment: datetime = BEFORE) -> list[str]:
    """Return what is reported of a fest file, by its name, once it has a new text."""
    path.write_text(text)
    root = path.parents[1]
    fest, problems = load_fest(path.read_bytes(), path=f"fests/{path.name}", fest_id=path.stem)
    assert fest is not None, problems
    return [each.marked for each in removed_since(root, [fest], moment=moment)]


@pytest.fixture
def published(fest: Path) -> Path:
    """Return a fest file with sessions, as committed."""
    fest.write_text(AGENDA)
    commit(fest.parents[1], COMMITTED)
    return fest


NO_ERRORS = AGENDA.replace(", what: Errors, id: errors, room: big", ", what: Something else")


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("what: Errors, id: errors", ""),
        ("what: All errors, id: errors, status: cancelled", ""),
        ("what: Errors, id: mistakes", "errors"),
        ("what: Errors", ""),
        ("what: Mistakes", "errors"),
    ],
)
def test_a_session_is_gone_when_nothing_has_its_name(
    published: Path, typed: str, gone: str
) -> None:
    found = removed(published, AGENDA.replace("what: Errors, id: errors", typed))
    assert [f"“id: {gone}”" in each for each in found] == [True] * bool(gone)


def test_a_session_that_is_gone_is_a_hint_that_says_how_to_keep_it(published: Path) -> None:
    (found,) = removed(published, NO_ERRORS)
    what = 'session "Errors" was published and is no longer in the programme.'
    assert found == (
        f"fests/paris-2018.yml:11: hint: events.talks.agenda: {what} If it is cancelled, keep it"
        " with “id: errors” and “status: cancelled”; if it has another title, give that line"
        " “id: errors”."
    )


def test_a_session_that_a_newer_export_lacks_is_kept_in_the_fest_file(fest: Path) -> None:
    typed = AGENDA.partition("    agenda:")[0].replace("2018-05-28", "2027-06-04, 2027-06-05")
    fest.write_text(f"{typed}    programme: talks.json\n")
    export = json.loads((GOLDEN / "pretalx.json").read_text("utf-8"))
    whole = json.dumps(export)
    rooms = export["schedule"]["conference"]["days"][0]["rooms"]
    (gone, *_) = next(iter(rooms.values()))
    rooms[gone["room"]].remove(gone)
    (fest.parent / "talks.json").write_text(whole)
    commit(fest.parents[1], COMMITTED)
    (fest.parent / "talks.json").write_text(json.dumps(export))
    sources, _ = read_sources(fest.parents[1], where="fests")
    fests, _ = load_fests(sources)
    (found,) = removed_since(fest.parents[1], fests.values(), moment=BEFORE)
    assert f"keep it in the fest file with “id: {gone['guid']}” and “status: cancelled”" in str(
        found
    )
    assert gone["title"] in str(found)


def test_impldays_check_reports_it(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published.write_text(NO_ERRORS.replace('at: "11:00", what: Macros', 'at: "11:00", what: M'))
    monkeypatch.chdir(published.parents[1])
    result = CliRunner().invoke(main, ["check", "--at", "2018-05-01T12:00"])
    assert "2 sessions were published and are no longer in the programme" in result.stderr
    assert result.exit_code == 0


def test_lines_that_are_no_sessions_may_go(published: Path) -> None:
    assert removed(published, AGENDA.replace("what: Doors", "what: Arrive")) == []


def test_after_the_commit_it_is_still_told_until_the_next_one(published: Path) -> None:
    published.write_text(NO_ERRORS)
    git(published.parents[1], "commit", "-am", "Remove it", at=LATER)
    assert len(removed(published, NO_ERRORS)) == 1
    published.write_text(f"{NO_ERRORS}# a comment\n")
    git(published.parents[1], "commit", "-am", "A comment", at=LATER)
    assert removed(published, f"{NO_ERRORS}# a comment\n") == []


def test_all_that_is_not_pushed_yet_is_compared(published: Path, tmp_path: Path) -> None:
    root = published.parents[1]
    git(root, "clone", "--bare", ".", "../pushed.git")
    git(root, "remote", "add", "origin", "../pushed.git")
    git(root, "fetch", "origin")
    branch = (root / ".git/HEAD").read_text().rpartition("/")[2].strip()
    git(root, "branch", f"--set-upstream-to=origin/{branch}")
    for text in (NO_ERRORS, f"{NO_ERRORS}# a comment\n"):
        published.write_text(text)
        git(root, "commit", "-am", "A change", at=LATER)
    assert len(removed(published, f"{NO_ERRORS}# a comment\n")) == 1


@pytest.mark.parametrize("broken", ["events: [", "name: RustFest\n"])
def test_a_version_that_cannot_be_read_tells_nothing(fest: Path, broken: str) -> None:
    fest.write_text(broken)
    commit(fest.parents[1], COMMITTED)
    assert removed(fest, AGENDA) == []


def test_without_git_or_before_the_first_commit_nothing_is_gone(
    fest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert removed(fest, AGENDA) == []
    git(fest.parents[1], "init")
    assert removed(fest, AGENDA) == []
    git(fest.parents[1], "add", ".")
    git(fest.parents[1], "commit", "-m", "A fest")
    assert removed(fest, AGENDA) == []
    monkeypatch.setenv("PATH", "")
    assert removed(fest, NO_ERRORS) == []


def test_of_a_fest_that_is_over_nothing_is_told(published: Path) -> None:
    assert removed(published, NO_ERRORS, moment=datetime(2018, 6, 1, tzinfo=UTC)) == []
