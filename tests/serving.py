"""A site that `zensical serve` shows while a test runs."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


@contextmanager
def served(folder: Path) -> Iterator[Callable[[str, str], str]]:
    """Serve a site; what is given waits until a page holds a text, and returns the page."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "zensical", "serve", "-a", f"localhost:{port}"]
    log = (folder / "serve.log").open("w")
    server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)

    def wait(address: str, text: str) -> str:
        found = ""
        for _ in range(600):
            assert server.poll() is None, (folder / "serve.log").read_text()
            try:
                with urlopen(f"http://localhost:{port}/{address}") as answer:
                    found = answer.read().decode()
            except URLError:
                found = ""
            if text in found:
                return found
            time.sleep(0.1)
        raise AssertionError((folder / "serve.log").read_text() + found)

    try:
        yield wait
    finally:
        server.terminate()
        server.wait()
        log.close()
