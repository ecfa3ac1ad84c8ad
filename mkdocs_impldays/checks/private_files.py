"""Find files that must not be published: keys, passwords, and links out of the project."""

from __future__ import annotations

import os
import re
from fnmatch import translate
from pathlib import Path

PRIVATE_NAMES = (
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*.pem", "*.ppk", "*.p12", "*.pfx", "*.jks",
    "*.keystore", "*.kdbx", ".env", ".env.*", "*.env", ".netrc", "_netrc", ".npmrc", ".pypirc",
    ".git-credentials", ".htpasswd", "credentials", "credentials.json", "secrets.json",
    "secrets.yaml", "secrets.yml",
)  # fmt: skip
"""The usual names of files with keys and passwords, as patterns in lower case."""

_PRIVATE_NAME = re.compile("|".join(map(translate, PRIVATE_NAMES)))

_HEAD = 100
"""The bytes of a file that are read: a PEM key (RFC 7468) begins with its label."""


def private_problem(path: Path, *, inside: Path) -> str | None:
    """Return why a file must not be published and what to do, or `None`.

    `inside` is the resolved folder that all published files must be in.
    """
    real = os.path.realpath(path)  # takes half as long as `path.resolve()`
    if not real.startswith(f"{inside}{os.sep}"):
        return (
            "is a symbolic link to a file outside the project, which would be published. Copy the"
            " file, or delete the link."
        )
    if _PRIVATE_NAME.match(path.name.casefold()) or _holds_key(path):
        return (
            "looks like a key or password, and would be published. Move it out of the folder, and"
            " replace the key if the site has been published with it."
        )
    return None


def _holds_key(path: Path) -> bool:
    """Return whether a file begins like a private key of PEM, OpenSSH, PGP or PuTTY."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).lstrip()
    except OSError:  # other checks report it
        return False
    return head.startswith((b"-----BEGIN ", b"PuTTY-User-Key-File")) and (
        b"PRIVATE KEY" in head or head.startswith(b"PuTTY")
    )
