"""What VS Code and Helix make of a fest file: the server that both use reads our schema."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from mkdocs_impldays.cli import main
from tests.judges.editor import Editor
from tests.pictures.editors import TYPED


def new(folder: Path) -> Path:
    begun = CliRunner().invoke(main, ["new", "lisbon-2027", "--yes", "--folder", str(folder)])
    assert begun.exit_code == 0
    return folder / "fests/lisbon-2027.yml"


def test_a_new_fest_file_has_nothing_underlined(tmp_path: Path) -> None:
    with Editor(new(tmp_path)) as editor:
        assert editor.marked() == set()


def test_the_picture_in_the_manual_shows_what_an_editor_shows(tmp_path: Path) -> None:
    path = new(tmp_path)
    path.write_text(TYPED, "utf-8")
    with Editor(path) as editor:
        assert {"Portugal", "stauts"} <= editor.marked()
        assert editor.offered_at_end() == ["arches", "blocks", "peaks", "roofs"]
        assert "Its time zone (IANA)" in editor.explained("timezone")
