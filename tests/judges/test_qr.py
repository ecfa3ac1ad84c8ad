import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from mkdocs_impldays.output.files import qr_svg
from tests.judges.programs import need, run

SVG = "{http://www.w3.org/2000/svg}"
ADDRESSES = [
    "https://ti.to/asquera-event-ug/rustfest-paris-2018/",
    "mailto:hello@rustfest.eu",
    "https://github.com/rustfest/blog.rustfest.eu/issues/29?a=1&b=%C3%A9",
    "https://rustfest.eu/" + "x" * 300,
]


def _drawn(svg: bytes, path: Path) -> Path:
    """Draw the SVG as a browser would: a white ground, and a row of black modules per stroke."""
    root = ET.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[-1])
    image = Image.new("1", (side, side), 0)
    draw = ImageDraw.Draw(image)
    for shape in root.iter(f"{SVG}path"):
        if shape.get("fill") == "#fff":
            draw.rectangle((0, 0, side, side), fill=1)
            continue
        x = y = 0.0
        for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", shape.attrib["d"]):
            steps = [float(number) for number in numbers.split()]
            if command == "h":
                draw.rectangle((x, int(y), x + steps[0] - 1, int(y)), fill=0)
            x, y = (0.0, 0.0) if command == "M" else (x, y)
            x, y = x + steps[0], y + (steps[1] if command != "h" else 0)
    image.resize((side * 8, side * 8)).save(path)
    return path


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_finds_the_address_in_the_code(address: str, tmp_path: Path) -> None:
    path = _drawn(qr_svg(address, title="RSVP"), tmp_path / "code.png")
    assert run(need("zbarimg"), "-q", "--raw", path).stdout.strip() == address


def test_a_reader_finds_nothing_in_a_code_whose_corner_is_gone(tmp_path: Path) -> None:
    path = _drawn(qr_svg(ADDRESSES[0], title="RSVP"), tmp_path / "code.png")
    image = Image.open(path)
    ImageDraw.Draw(image).rectangle((0, 0, 100, 100), fill=255)
    image.save(path)
    assert run(need("zbarimg"), "-q", "--raw", path).stdout == ""


def test_a_code_has_a_title_for_those_who_cannot_see_it() -> None:
    root = ET.fromstring(qr_svg(ADDRESSES[2], title="a <b> & c"))
    assert root.findtext(f"{SVG}title") == "a <b> & c"
