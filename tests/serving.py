"""A site that a server shows while a test runs."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from urllib.request import urlopen

PATIENCE = 60
"""Seconds after which a server is taken for stuck."""


@contextmanager
def served(
    folder: Path, command: Sequence[str], *, env: Mapping[str, str] | None = None
) -> Iterator[Callable[[str, str], str]]:
    """Serve a site; what is given waits until a page holds a text, and returns the page.

    A server that reads its settings again may refuse or drop a connection meanwhile, as Zensical
    does; a browser asks again, and so does this. A server that has ended fails the test.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with TemporaryFile("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [*command, "-a", host], cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT
        )

        def logged() -> str:
            log.seek(0)
            return log.read()

        def wait(address: str, text: str) -> str:
            page: str | None = None
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                assert server.poll() is None, logged()
                try:
                    with urlopen(f"http://{host}/{address}", timeout=5) as answer:
                        page = answer.read().decode()
                except (OSError, HTTPException):
                    page = None
                if page is not None and text in page:
                    return page
                time.sleep(0.1)
            raise AssertionError(f"{page}\n{logged()}")

        try:
            yield wait
        finally:
            server.terminate()
            server.wait(PATIENCE)
