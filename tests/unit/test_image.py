"""The size of a picture, read from its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from mkdocs_impldays.output.image import size_attributes

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
ENTITY = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 60}">' for n in range(1, 9))
HOSTILE = f'<!DOCTYPE svg [<!ENTITY a0 "9">{LAUGHS}]><svg viewBox="0 0 &a8; 3"/>'


def _read(path: Path) -> str:
    return str(size_attributes(path))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (f'<svg {NAMESPACE} viewBox="0 0 90 30"/>', (90, 30)),
        ('<?xml version="1.0"?>\n<!-- A --><svg viewBox="-1,-2, 90.4 29.6"><g/></svg>', (90, 30)),
        ('<svg width="120" height="40px" viewBox="0 0 9 3"/>', (9, 3)),
        ('<svg width="120px" height="40px" viewBox="0 0 9 3"/>', (120, 40)),
        ('<svg width="100%" height="100%" viewBox="0 0 9 3"/>', (9, 3)),
        ('<svg width="12.5mm" height="4mm"/>', (12, 4)),
        ('<svg viewBox="0 0 9 3">cut off', (9, 3)),
        ('<svg viewBox="0 0 9"/>', None),
        ('<svg viewBox="0 0 0 3"/>', None),
        ('<svg viewBox="0 0 nan 3"/>', None),
        ('<svg viewBox="0 0 inf 3"/>', None),
        ("<svg/>", None),
        ("", None),
        ("GIF89a", None),
        (f'{ENTITY}<svg xmlns="&ns;" viewBox="0 0 9 3"/>', (9, 3)),
        (HOSTILE, None),
    ],
)
def test_a_drawing_has_the_size_of_its_first_element(
    tmp_path: Path, text: str, size: tuple[int, int] | None
) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(text, "utf-8")
    assert _read(path) == (f' width="{size[0]}" height="{size[1]}"' if size else "")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp"])
def test_a_photo_has_the_size_of_its_pixels(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (40, 20)).save(tmp_path / name)
    assert _read(tmp_path / name) == ' width="40" height="20"'


def test_a_photo_that_lies_on_its_side_has_the_size_in_which_it_is_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert _read(tmp_path / "a.jpg") == ' width="20" height="40"'


def test_a_file_without_a_size_is_no_mistake_here(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (tmp_path / "folder.png").mkdir()
    for name in ("broken.png", "folder.png", "nowhere.png", "nowhere.svg"):
        assert _read(tmp_path / name) == ""
