"""A fest file on the disk."""

from __future__ import annotations

from pathlib import Path

from mkdocs_impldays.fest import Fest
from mkdocs_impldays.load import load_fest
from mkdocs_impldays.problems import Problem


def read_fest_file(path: Path, *, shown: str) -> tuple[Fest | None, list[Problem]]:
    """Read a fest file; its name without the ending is the fest's id.

    `shown` is how messages call it. The fest is `None` where the file cannot be read or holds an
    error.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        advice = 'Make it with "impldays new", or name another in mkdocs.yml.'
        return None, [Problem(shown, None, f"there is no such fest file. {advice}")]
    except IsADirectoryError:
        message = "is a folder, not a fest file. Name one of its files in mkdocs.yml."
        return None, [Problem(shown, None, message)]
    except OSError as error:
        message = f"cannot be read: {error.strerror}. Make the file readable."
        return None, [Problem(shown, None, message)]
    return load_fest(raw, path=shown, fest_id=path.stem)
