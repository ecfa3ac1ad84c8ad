"""Which addresses may stand in a link, judged as a browser would read them (WHATWG URL)."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote, urlsplit

_STRIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_PLACEHOLDER = re.compile(
    r"(^|[/.\-_?=#:@])(url-?to-?do|to-?do|tba|tbd|placeholder|your-[a-z-]+|fixme|xxx+)($|[/.\-_?&#])"
    r"|//([a-z0-9-]+\.)*example\.(com|org|net)($|[/:?#])|@example\.(com|org|net)$|^#?$",
    re.IGNORECASE,
)


def as_browsers_read(address: str) -> str:
    """Undo what hides a scheme: entities, percent signs, invisible characters, backslashes."""
    text = html.unescape(address)
    head, colon, tail = text.partition(":")
    text = unquote(head) + colon + tail
    return _STRIPPED.sub("", text).replace("\\", "/")


def address_problem(address: str) -> str | None:
    """Say what is wrong with an address for a link, and what to do; `None` where it is good.

    Good are `https:` with a host name that can be and no user name, and `mailto:` with one
    address.
    """
    read = as_browsers_read(address)
    scheme = (_SCHEME.match(read) or [""])[0].lower()
    if scheme == "http:":
        return f"is not encrypted. Write https:{read[5:65]}"
    if scheme == "mailto:":
        return _mail_problem(address)
    if scheme != "https:":
        return "is no address for a link. Write one that begins with https:// or mailto:"
    if read != address or re.search(r'["<>`{}|^\s]', address):
        return "has a space, a quote or a hidden character. Type the address anew."
    return _host_problem(address)


def is_address(text: str) -> bool:
    """Tell whether a text is a good address for a link, and nothing else."""
    return text.startswith(("https://", "mailto:")) and address_problem(text) is None


def _mail_problem(address: str) -> str | None:
    if re.fullmatch(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+(\?[\w=&%+.-]*)?", address, re.IGNORECASE):
        return None
    return "is no mail address. Write it like mailto:hello@rustfest.eu"


def _host_problem(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "has a host or port that cannot be. Correct what follows https://"
    if not address.lower().startswith("https://") or address[8:9] in {"/", ""} or not host:
        return "has no host. Write https:// and a name like rustfest.eu"
    if "@" in parts.netloc:
        return "holds a user name before “@”. Take it out."
    if port == 0:
        return "has the port 0. Take it out."
    if ":" in host:
        return None
    try:
        labels = host.encode("idna").decode().split(".")
    except UnicodeError:
        labels = [""]
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "has a host name that cannot be. Correct what follows https://"
    return None


def is_placeholder(address: str) -> bool:
    """Tell whether an address only holds the place of one, like `url-to-do` or `example.com`."""
    return bool(_PLACEHOLDER.search(address.strip()))
