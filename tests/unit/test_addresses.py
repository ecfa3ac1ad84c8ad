import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_impldays.fest.addresses import address_problem, as_browsers_read, is_placeholder

GOLDEN = Path(__file__).parents[1] / "golden/addresses/addresses.yml"
TABLE: dict[str, list[Any]] = yaml.safe_load(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("address", TABLE["good"])
def test_a_good_address_has_no_problem(address: str) -> None:
    assert address_problem(address) is None


@pytest.mark.parametrize("row", TABLE["bad"], ids=lambda row: ascii(row["address"]))
def test_a_bad_address_is_told_with_what_to_do(row: dict[str, str]) -> None:
    assert address_problem(row["address"]) == row["problem"]


@pytest.mark.parametrize("address", TABLE["placeholders"])
def test_a_placeholder_is_known(address: str) -> None:
    assert is_placeholder(address)


@pytest.mark.parametrize("address", TABLE["real"])
def test_a_real_address_is_no_placeholder(address: str) -> None:
    assert not is_placeholder(address)
    whole = address.partition("#")[0].rstrip("/")
    assert is_placeholder(f"{whole}/url-to-do" if "//" in whole else "mailto:a@example.com")


@pytest.mark.parametrize("address", TABLE["good"] + TABLE["real"])
def test_an_address_that_is_advised_is_good(address: str) -> None:
    insecure = re.sub("^https://", "http://", address, flags=re.IGNORECASE)
    problem = address_problem(insecure)
    assert (problem is None) == (insecure == address)
    if problem is not None:
        assert address_problem(problem.split("Write ")[-1]) is None


@given(st.text() | st.sampled_from(TABLE["good"]))
@example("https://rustfest.eu/")
@example("javascript:alert(1)//https://rustfest.eu/")
def test_what_passes_is_one_line_that_says_what_it_is(address: str) -> None:
    if address in TABLE["good"]:
        assert address_problem(address) is None
    if address_problem(address) is None:
        assert address.isprintable()
        assert address.lower().startswith(("https://", "mailto:"))


_SPACES = st.sampled_from(["", " ", "\t", "\n", "\x01", "\u200b", "\u202e", "\ufeff", "\xa0"])


@given(st.lists(_SPACES, min_size=11, max_size=11), st.integers(0, 2**10 - 1))
def test_no_spelling_hides_a_script(spaces: list[str], capitals: int) -> None:
    letters = (c.upper() if capitals >> n & 1 else c for n, c in enumerate("javascript"))
    address = "".join(a + b for a, b in zip(letters, spaces, strict=False)) + ":alert(1)"
    assert address_problem(address) is not None
    assert as_browsers_read(address).lower() == "javascript:alert(1)"


_HOST = st.text("abcdefé0123456789.-_%@:[]/\\?#", min_size=1, max_size=20)


@given(_HOST)
@example("rustfest.eu")
@example("rustfest.eu@evil.eu")
def test_a_host_that_passes_is_the_one_that_is_shown(host: str) -> None:
    address = f"https://{host}"
    if address_problem(address) is None:
        shown = urlsplit(address).netloc
        assert "@" not in shown
        assert host.startswith(shown)
    else:
        assert host != "rustfest.eu"
