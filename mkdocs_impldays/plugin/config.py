"""The plugin's options in mkdocs.yml; all else stands in the fest file."""

from __future__ import annotations

from mkdocs.config import config_options as c
from mkdocs.config.base import Config


class ImplDaysConfig(Config):
    """What `plugins: - impldays: {…}` may hold."""

    fest = c.Optional(c.Type(str))
    """The fest file as seen from mkdocs.yml, or the id of a fest in the folder `fests`."""
    fests = c.Type(str, default="fests")
    """The folder of fest files. Without `fest`, the one that is on or comes next is chosen."""
    now = c.Optional(c.Type(str))
    """A moment to build for, like 2018-05-01T12:00; in the fest's time zone if none is given."""
    publish_checks = c.Choice(("refuse", "warn"), default="refuse")
    """What `mkdocs gh-deploy` does with warnings: publish nothing, or publish all the same."""
