"""The warnings of a build, also those that `--quiet` hides, and what they keep from publishing."""

from __future__ import annotations

import logging


class WarningLog(logging.Handler):
    """Hears the warnings and errors of a logger from `begin` to `end`, whatever is printed."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        """What was said, each a line or more."""
        self._logger = logger
        self._level: int | None = None
        """That of the logger, where it has been changed."""
        self._levels: dict[logging.Handler, int] = {}
        """Those of its handlers, then."""

    def begin(self) -> None:
        """Listen. A logger that is set to errors alone prints no more than before."""
        level = self._logger.level
        if level > logging.WARNING:
            self._levels = {handler: handler.level for handler in self._logger.handlers}
            for handler in self._printing():
                handler.setLevel(max(handler.level, level))
            self._level = level
            self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)

    def end(self) -> None:
        """Leave everything as it was; a second time does nothing."""
        self._logger.removeHandler(self)
        if self._level is not None:
            self._logger.setLevel(self._level)
        for handler, before in self._levels.items():
            handler.setLevel(before)
        self._level, self._levels = None, {}

    @property
    def is_quiet(self) -> bool:
        """Whether warnings are kept and not printed."""
        return self._level is not None

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of what was said."""
        self.lines.append(record.getMessage())

    def _printing(self) -> list[logging.Handler]:
        """Return the handlers that print; what counts, as for `--strict`, is to count on."""
        return [each for each in self._logger.handlers if isinstance(each, logging.StreamHandler)]
