import pytest

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.look import contrast
from mkdocs_impldays.fest.values import is_colour

FEST = """\
name: RustFest Paris
city: Paris
country: FR
timezone: Europe/Paris
events:
  talks: {title: Talks, days: tba}
"""
ADVICE = "people need 4.5. Write a lighter accent or a darker primary."


def _messages(look: str) -> list[str]:
    _, problems = load_fest(f"{FEST}look: {look}\n".encode(), path="f.yml", fest_id="paris-2018")
    return [str(problem) for problem in problems]


def test_contrast_is_21_for_black_on_white_and_1_for_a_colour_on_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#1f3a5f", "#1f3a5f") == pytest.approx(1)


def test_contrast_agrees_with_the_grey_that_wcag_calls_just_enough() -> None:
    assert contrast("#767676", "#ffffff") >= 4.5 > contrast("#777777", "#ffffff")


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "#1234567", ""])
def test_only_six_hexadecimal_digits_are_a_colour(text: str) -> None:
    assert not is_colour(text)
    assert is_colour("#1f3a5f")


def test_a_fest_keeps_its_look() -> None:
    text = f'{FEST}look: {{primary: "#1F3A5F", accent: "#f4b860", motif: roofs}}\n'
    fest, problems = load_fest(text.encode(), path="f.yml", fest_id="paris-2018")
    assert problems == []
    assert fest is not None
    assert (fest.look.primary, fest.look.accent, fest.look.motif) == (
        "#1f3a5f",
        "#f4b860",
        "roofs",
    )


def test_colours_that_nobody_can_read_are_refused() -> None:
    assert _messages('{primary: "#1f3a5f", accent: "#4a6a9a"}') == [
        f'f.yml:7: look.accent: "#4a6a9a" has a contrast of 2.1 on the primary colour; {ADVICE}'
    ]
    assert _messages('{primary: "#000000", accent: "#757575"}') == [
        f'f.yml:7: look.accent: "#757575" has a contrast of 3.5 on dark pages; {ADVICE}'
    ]


def test_swapped_colours_are_named_as_such() -> None:
    assert _messages('{primary: "#f4b860", accent: "#1f3a5f"}') == [
        'f.yml:7: look: "#f4b860" is lighter than its accent. Swap the two.'
    ]


def test_a_motif_that_is_not_there_gets_a_guess() -> None:
    assert _messages("{motif: roof}") == [
        'f.yml:7: look.motif: "roof" is not a known value. Did you mean "roofs"?'
    ]
