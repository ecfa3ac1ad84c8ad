"""What the visitor's browser has to load."""

from __future__ import annotations

import gzip
import re

import rjsmin

from tests.fests import ROOT

SCRIPT = ROOT / "mkdocs_impldays/theme/assets/impldays/impldays.js"


def test_the_script_is_small() -> None:
    minified = rjsmin.jsmin(SCRIPT.read_text("utf-8")).encode()
    assert len(gzip.compress(minified)) <= 1500


def test_the_script_asks_no_one_else() -> None:
    code = SCRIPT.read_text("utf-8")
    asking = re.compile(r"//|\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\b")
    assert asking.findall(rjsmin.jsmin(code)) == []
    assert asking.findall(rjsmin.jsmin(f"{code};fetch('https://a.eu')")) == ["fetch", ""]
