import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.output.card import Lettering, card_path, card_picture, card_png
from tests.fests import EVENT, HEAD, ROOT, fest_of
from tests.judges.samples import FESTS

LETTERS = Lettering.shipped()


def _fest(name: str, *, city: str = "Paris", language: str = "en") -> Fest:
    text = f"""
name: {name}
city: {city}
country: FR
language: {language}
timezone: Europe/Paris
look: {{primary: "#102030", accent: "#f2b84b"}}
events: {{talks: {{title: Talks, days: [2018-05-28, 2018-05-29]}}}}
"""
    fest, problems = load_fest(text.encode(), path="f.yml", fest_id="some-2018")
    assert fest is not None, problems
    return fest


def _written(fest: Fest) -> tuple[int, int, int, int]:
    """Return the box around all that is not ground, right of the coloured edge."""
    image = Image.open(BytesIO(card_png(fest))).convert("RGB").crop((30, 0, 1200, 630))
    ground = Image.new("RGB", image.size, fest.look.primary)
    box = ImageChops.difference(image, ground).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    ("status", "alt"),
    [
        ("scheduled", "RustFest, 28–29 May 2018, Paris, France"),
        ("cancelled", "Cancelled: RustFest, 28–29 May 2018, Paris, France"),
        (
            "postponed",
            "Postponed, new date to be announced: RustFest, Paris, France",
        ),
        ("moved-online", "Online instead of on site: RustFest, 28–29 May 2018"),
    ],
)
def test_who_is_sent_a_link_reads_what_became_of_the_fest(status: str, alt: str) -> None:
    fest = _fest(f"RustFest\nstatus: {status}")
    assert card_picture(fest).alt == alt
    others = {"cancelled", "postponed", "moved-online"} - {status}
    pictures = {card_png(_fest(f"RustFest\nstatus: {other}")) for other in others}
    assert card_png(fest) not in pictures


@pytest.mark.parametrize("fest", FESTS.values(), ids=FESTS)
def test_a_card_is_a_png_of_the_size_that_previews_show_whole(fest: Fest) -> None:
    image = Image.open(BytesIO(card_png(fest)))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    picture = card_picture(fest)
    assert (picture.width, picture.height) == image.size
    assert picture.path == card_path(fest)


def test_the_same_fest_gives_the_same_bytes_in_another_process() -> None:
    card = """
from sys import stdout
from tests.fests import HEAD, EVENT, fest_of
from mkdocs_impldays.output.card import card_png
stdout.buffer.write(card_png(fest_of(HEAD + EVENT)))
"""
    made = subprocess.run([sys.executable, "-c", card], cwd=ROOT, capture_output=True, check=True)
    assert card_png(fest_of(HEAD + EVENT)) == made.stdout


@pytest.mark.parametrize(
    "name",
    [
        "X",
        "RustFest Paris",
        "Ein sehr langer Name " * 12,
        "Donaudampfschifffahrt" * 9,
        "Київ " * 40,
    ],
)
def test_a_name_of_any_length_stays_within_the_margins(name: str) -> None:
    left, top, right, bottom = _written(_fest(name))
    assert left >= 40
    assert top >= 20
    assert right <= 1200 - 30 - 60
    assert bottom <= 630 - 20


@pytest.mark.parametrize("name", ["東京フェスト", "ראסטפסט", "رست فست"])
def test_a_script_that_the_font_lacks_gives_way_to_the_fests_id(name: str) -> None:
    assert LETTERS.writable(name) is None
    fest = _fest(name, city=name)
    assert card_png(fest) == card_png(_fest("some-2018", city=name))
    assert name in card_picture(fest).alt


def test_dates_in_a_script_that_the_font_lacks_are_written_in_digits() -> None:
    japanese = card_png(_fest("RustFest", city="東京", language="ja"))
    assert japanese != card_png(_fest("RustFest", city="東京", language="en"))
    assert "2018年5月28日" in card_picture(_fest("RustFest", language="ja")).alt


def test_an_emoji_is_left_out_and_letters_are_kept() -> None:
    assert LETTERS.writable("RustFest 🎉 Zürich") == "RustFest Zürich"
    assert LETTERS.writable("Київ, Ελλάδα – Łódź “x”") == "Київ, Ελλάδα – Łódź “x”"
    assert LETTERS.writable("🎉") is None


def test_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    size, lines = LETTERS.fit("lang " * 100, width=400, sizes=range(40, 19, -10), lines=2)
    assert size == 20
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(LETTERS.at(size).getlength(line) <= 400 for line in lines)


def test_short_text_takes_the_largest_size_and_one_line() -> None:
    assert LETTERS.fit("X", width=400, sizes=range(40, 19, -10), lines=2) == (40, ["X"])
