"""The program that builds sites in the tests: MkDocs, or what `IMPLDAYS_ENGINE` names."""

from __future__ import annotations

import importlib
import os
import sys

NAME = os.environ.get("IMPLDAYS_ENGINE", "mkdocs")
"""`mkdocs` or `properdocs`: its command, its package and the root of its loggers."""

COMMAND = (sys.executable, "-m", NAME)

if NAME == "properdocs":
    importlib.import_module("properdocs.replacement")  # from here on it is what `mkdocs` means
