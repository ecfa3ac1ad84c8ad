"""An editor without a screen: it opens a fest file and asks the server that VS Code and Helix ask.

The server is Red Hat's yaml-language-server; the two talk by the Language Server Protocol 3.17.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Any, Self

from tests.judges.programs import need, need_npm


class Editor:
    """An editor with one file open in it; it is closed at the end of its `with`."""

    def __init__(self, path: Path) -> None:
        self.uri = path.as_uri()
        self.text = path.read_text("utf-8")
        self.root = path.parent.as_uri()
        self._last = 0

    def __enter__(self) -> Self:
        program = need_npm("yaml-language-server") / "bin/yaml-language-server"
        self._server = subprocess.Popen(
            [need("node"), str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._patience = Timer(120, self._server.kill)
        self._patience.start()
        self.ask("initialize", processId=None, rootUri=self.root, capabilities={})
        self._send(method="initialized", params={})
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": self.text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        return self

    def __exit__(self, *_: object) -> None:
        self._patience.cancel()
        self._server.kill()
        self._server.communicate()

    def marked(self) -> set[str]:
        """Return the words of the file that are underlined."""
        answer = self._wait(lambda message: message.get("method", "").endswith("Diagnostics"))
        return {self._at(each["range"]) for each in answer["params"]["diagnostics"]}

    def offered_at_end(self) -> list[str]:
        """Return what is offered behind the file's last letter."""
        line, character = self.text.count("\n"), len(self.text.rpartition("\n")[2])
        found = self._ask_at("completion", line, character)
        return [item["label"] for item in found["items"]]

    def explained(self, word: str) -> str:
        """Return what is shown of a word."""
        before = self.text.partition(word)[0]
        found = self._ask_at("hover", before.count("\n"), len(before.rpartition("\n")[2]))
        return str(found["contents"]["value"])

    def _at(self, where: dict[str, Any]) -> str:
        start, end = where["start"], where["end"]
        line: str = self.text.split("\n")[start["line"]]
        return line[start["character"] : end["character"]]

    def _ask_at(self, what: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        document = {"uri": self.uri}
        return self.ask(f"textDocument/{what}", textDocument=document, position=position)

    def ask(self, method: str, **params: object) -> Any:
        """Ask the server, and give its answer."""
        self._last += 1
        asked = self._last
        self._send(id=asked, method=method, params=params)
        return self._wait(lambda message: message.get("id") == asked)["result"]

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _wait(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                self._send(id=message["id"], result=None)
            elif is_it(message):
                return message

    def _receive(self) -> dict[str, Any]:
        assert self._server.stdout
        length = 0
        while line := self._server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self._server.stdout.read(length))
        return message
