"""The plugin's options in mkdocs.yml; all else stands in the fest file."""

from __future__ import annotations

from mkdocs.config import config_options as c
from mkdocs.config.base import Config


class ImplDaysConfig(Config):
    """What `plugins: - impldays: {…}` may hold."""

    fest = c.Type(str, default="fests/fest.yml")
    """The fest file, as seen from mkdocs.yml."""
    now = c.Optional(c.Type(str))
    """A moment to build for, like 2018-05-01T12:00; in the fest's time zone if none is given."""
    publish_checks = c.Choice(("refuse", "warn"), default="refuse")
    """What `mkdocs gh-deploy` does with warnings: publish nothing, or publish all the same."""
