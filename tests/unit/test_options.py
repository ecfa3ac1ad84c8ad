"""The plugin's options, and the JSON Schema by which editors complete them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from mkdocs_impldays.cli import main
from mkdocs_impldays.cli.schema import options_schema
from mkdocs_impldays.plugin.config import ImplDaysConfig, option_schemas
from mkdocs_impldays.project import OPTIONS
from tests.fests import ROOT

SCHEMA = options_schema()
CHECK = Draft7Validator(SCHEMA)
PAGE = (ROOT / "docs/organisers/reference/options.md").read_text("utf-8")


def _is_accepted(options: dict[str, Any]) -> bool:
    config = ImplDaysConfig()
    config.load_dict(options)
    failed, warned = config.validate()
    return not failed and not warned


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("options", "is_right"),
    [
        ({}, True),
        ({"enabled": False}, True),
        ({"enabled": "no"}, False),
        ({"fest": "fests/paris-2018.yml", "fests": "years"}, True),
        ({"fest": 2018}, False),
        ({"fest": ["paris-2018"]}, False),
        ({"now": "2018-05-01T12:00"}, True),
        ({"publish_checks": "warn"}, True),
        ({"publish_checks": "off"}, False),
        ({"checks": {"title": False}}, True),
        ({"checks": {"title": "off"}}, True),
        ({"checks": {"dead-link": {"except": ["old/"]}}}, True),
        ({"checks": {"dead-link": {"only": ["old/"]}}}, False),
        ({"checks": {"dead-links": "off"}}, False),
        ({"checks": ["title"]}, False),
        ({"fets": "paris-2018"}, False),
    ],
)
def test_editors_accept_what_the_plugin_accepts(options: dict[str, Any], is_right: bool) -> None:
    assert _is_accepted(options) is is_right
    for plugins in (["search", {"impldays": options}], {"search": {}, "impldays": options}):
        assert CHECK.is_valid({"site_name": "A", "plugins": plugins}) is is_right


def test_other_plugins_are_left_alone() -> None:
    assert CHECK.is_valid({"plugins": ["impldays", {"i18n": {"languages": []}}], "theme": "x"})
    assert CHECK.is_valid({"plugins": [{"impldays": None}]})


def test_every_option_is_explained_to_editors_and_in_the_manual() -> None:
    options = SCHEMA["properties"]["plugins"]["anyOf"][1]["properties"]["impldays"]["properties"]
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]*) \| ", PAGE, re.MULTILINE))
    assert rows.keys() == options.keys() == {name for name, _ in ImplDaysConfig()._schema}
    for name, option in options.items():
        assert option["description"]
        default = option.get("default")
        shown = {None: "", True: "`true`", False: "`false`"}.get(default, f"`{default}`")
        assert rows[name].strip() == shown, name


def test_the_command_prints_it() -> None:
    done = CliRunner().invoke(main, ["schema", "--options"], catch_exceptions=False)
    assert '"impldays"' in done.stdout
    assert "publish_checks" in done.stdout


def test_the_extension_has_the_options_of_the_plugin() -> None:
    assert OPTIONS.keys() == option_schemas().keys()
