"""The plugin's options in mkdocs.yml; all else stands in the fest file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError

from mkdocs_impldays.problems import quoted


class _Text(c.Type[str]):
    """One line of text; YAML makes a date of what looks like one, which is text here again."""

    def __init__(self, advice: str) -> None:
        super().__init__(str)
        self.advice = advice

    def run_validation(self, value: object) -> str:
        """Give the text, or say what to write."""
        text = value.isoformat() if isinstance(value, date) else value
        if isinstance(text, str) and text.isprintable() and len(text) < _LONGEST:
            return text
        raise ValidationError(f"{quoted(value)} does not fit here. {self.advice}")


_LONGEST = 200


class ImplDaysConfig(Config):
    """What `plugins: - impldays: {…}` may hold."""

    fest = c.Optional(_Text("Write a fest file, like fests/paris-2018.yml."))
    """The fest file as seen from mkdocs.yml, or the id of a fest in the folder `fests`."""
    fests = c.Type(str, default="fests")
    """The folder of fest files. Without `fest`, the one that is on or comes next is chosen."""
    now = c.Optional(_Text("Write a moment, like 2018-05-01T12:00."))
    """A moment to build for, like 2018-05-01T12:00; in the fest's time zone if none is given."""
    publish_checks = c.Choice(("refuse", "warn"), default="refuse")
    """What `mkdocs gh-deploy` does with warnings: publish nothing, or publish all the same."""

    @property
    def where(self) -> str:
        """The fest file or folder to read, as seen from mkdocs.yml."""
        fest = self.fest
        is_path = fest is not None and ("/" in fest or Path(fest).suffix != "")
        return fest if fest and is_path else self.fests
