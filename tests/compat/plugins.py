"""What the tests beside other plugins share."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

OURS = {"impldays": {"fest": "fests/paris-2018.yml"}}
NOW = {"now": "2018-05-01T12:00"}
MATERIAL = {"name": "material", "font": False}


def needs(plugin: str) -> pytest.MarkDecorator:
    """Return a mark for tests of a plugin, which the extra `compat` installs."""
    known = {each.name for each in entry_points(group="mkdocs.plugins")}
    reason = f"the plugin {plugin} is not installed: pip install -e '.[compat]'"
    return pytest.mark.skipif(plugin not in known, reason=reason)
