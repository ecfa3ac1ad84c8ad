import pytest

from mkdocs_impldays.checks.switches import (
    CHECKS,
    front_matter_mistakes,
    off_on_page,
    switches_of,
)
from mkdocs_impldays.problems import Problem


def link(path: str) -> Problem:
    return Problem(path, 1, "leads to nothing.", "warning", "dead-link")


def test_a_check_that_is_off_reports_nothing_and_the_others_do() -> None:
    switches, wrong = switches_of({"dead-link": False})
    title = Problem("site/a.html", None, "has no <title>.", "warning", "title")
    assert (switches.left([link("docs/a.md"), title]), wrong) == ([title], [])


def test_what_has_no_name_cannot_be_switched_off() -> None:
    error = Problem("fests/a.yml", 1, "is wrong.")
    assert switches_of(dict.fromkeys(CHECKS, False))[0].left([error]) == [error]


@pytest.mark.parametrize(
    ("pattern", "path", "is_off"),
    [
        ("site/old/", "site/old/a.html", True),
        ("old/", "site/old/a.html", True),
        ("google*.html", "site/google12.html", True),
        ("/blog/*.md", "docs/blog/a.md", True),
        ("/blog/*.md", "docs/about/blog/a.md", False),
        ("old/", "site/older/a.html", False),
        ("fests/", "fests/paris-2018.yml", True),
    ],
)
def test_a_check_is_off_at_the_paths_named(pattern: str, path: str, is_off: bool) -> None:
    switches, _ = switches_of({"dead-link": {"except": [pattern]}})
    left = switches.left([link(path)])
    assert (left == []) == is_off


@pytest.mark.parametrize("setting", [True, "on", None])
def test_a_check_that_is_on_reports(setting: object) -> None:
    switches, wrong = switches_of({"dead-link": setting})
    assert (switches.left([link("a.md")]), wrong) == ([link("a.md")], [])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("off", '"off" is not a group of checks. Write like “title: off”.'),
        ({"ded-link": False}, '"ded-link" is not a check. Did you mean "dead-link"?'),
        ({7: False}, f'"7" is not a check. The checks are {", ".join(CHECKS)}.'),
        (
            {"title": "never"},
            (
                'title: "never" is not a valid setting. '
                "Write off, or {except: [a path, another path]}."
            ),
        ),
        (
            {"title": {"except": []}},
            (
                "title: \"{'except': []}\" is not a valid setting. "
                "Write off, or {except: [a path, another path]}."
            ),
        ),
    ],
)
def test_a_setting_that_is_not_valid_is_reported(value: object, message: str) -> None:
    assert switches_of(value)[1] == [message]


@pytest.mark.parametrize(
    ("meta", "off"),
    [
        ({}, set()),
        ({"checks": False}, set(CHECKS)),
        ({"checks": "off"}, set(CHECKS)),
        ({"checks": True}, set()),
        (
            {"checks": {"title": False, "dead-link": "off", "language": True}},
            {"title", "dead-link"},
        ),
        ({"checks": {"title": [1]}}, set()),
    ],
)
def test_a_page_switches_off_what_its_front_matter_names(
    meta: dict[str, object], off: set[str]
) -> None:
    assert off_on_page(meta) == off


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ("nope", 'checks: "nope" is not valid. Write “checks: off”.'),
        ({"titel": False}, 'checks: "titel" is not a check. Did you mean "title"?'),
        ({"title": "no"}, 'checks: title: "no" is not valid. Write “title: off”.'),
    ],
)
def test_front_matter_that_is_not_valid_is_reported(checks: object, message: str) -> None:
    assert front_matter_mistakes({"checks": checks}) == [message]


def test_a_path_may_be_that_of_the_page_though_the_problem_shows_another() -> None:
    switches, _ = switches_of({"dead-link": {"except": "blog/a.md"}})
    dead = [link("site/blog/a/index.html")]
    assert switches.left(dead, source="docs/blog/a.md") == []
    assert switches.left(dead, source="docs/blog/b.md") == dead
