"""Which addresses a link may have, judged as a browser would read them (WHATWG URL)."""

from __future__ import annotations

import html
import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, urlsplit

_HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_MAIL = re.compile(
    r"mailto:[\w.!#$%&'*+/=^`{|}~-]+@[\w-]+(\.[\w-]+)+(\?[\w=&%+.,!-]*)?", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"""
    (^|[/?=\#:@])
    (url[-_]?to[-_]?do|to[-_]?do|tba|tbd|fixme|placeholder|xxx+
      |your[-_](url|link|address|tickets?|event|domain|site|org|name|repo|page))
    ($|[/?\#&])
    |(//|[@.])(example\.(com|org|net|edu)|example|invalid|test|localhost)($|[/:?\#])
    |^\#?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Placeholders for an address, and the names that RFC 2606 reserves for examples."""


def as_browsers_read(address: str) -> str:
    """Undo what hides a scheme: entities, percent signs, invisible characters, backslashes."""
    text = html.unescape(address)
    head, colon, tail = text.partition(":")
    text = unquote(head) + colon + tail
    return _HIDDEN.sub("", text).replace("\\", "/")


def address_problem(address: str) -> str | None:
    """Return what is wrong with an address for a link, and what to do; `None` if it is valid.

    Valid are `https:` with a host name that can exist and no user name, and `mailto:` with one
    mail address.
    """
    read = as_browsers_read(address)
    scheme = (_SCHEME.match(read) or [""])[0].lower()
    if scheme == "http:":
        return f"is not encrypted. Write https:{read[5:65]}"
    if scheme == "mailto:":
        return None if _MAIL.fullmatch(address) else _NO_MAIL
    if scheme != "https:":
        return _other_scheme(address)
    return _hidden_problem(address) or _host_problem(address)


def is_address(text: str) -> bool:
    """Return whether a text is a valid address for a link, and nothing else."""
    return text.startswith(("https://", "mailto:")) and address_problem(text) is None


_NO_MAIL = "is not a mail address. Write it like mailto:hello@rustfest.eu"


def _other_scheme(address: str) -> str:
    if _MAIL.fullmatch(f"mailto:{address}"):
        return f"is not an address for a link. Write mailto:{address[:60]}"
    if re.fullmatch(r"(//)?([\w-]+\.)+[a-z]{2,}(/\S*)?", address):
        return f"is not an address for a link. Write https://{address.lstrip('/')[:60]}"
    return "is not an address for a link. Write one that begins with https:// or mailto:"


def _hidden_problem(address: str) -> str | None:
    if not address.lower().startswith("https:"):
        return "hides how it begins. Type the address again, from https:// on."
    if sign := re.search(rf'{_HIDDEN.pattern}|["<>`{{}}|^\\]', address):
        return _character_problem(sign[0])
    if entity := re.search(r"&(amp|lt|gt|quot|colon|sol|#[0-9]+|#[xX][0-9a-fA-F]+);", address):
        return f"has “{entity[0]}” in it. Write {html.unescape(entity[0])} for it."
    return None


def _character_problem(character: str) -> str:
    if character == " ":
        return "has a space in it. Delete it, or write %20 for it."
    if character == "\\":
        return "has “\\” in it. Write / for it."
    if not character.isprintable():
        return "has a hidden character in it. Type the address again."
    return f"has “{character}” in it. Write {quote(character)} for it."


def _host_problem(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return _NO_HOST
    if not re.match(r"https://[^/]", address, re.IGNORECASE) or not host:
        return "has no host. Write https:// and a name like rustfest.eu"
    if "@" in parts.netloc:
        return "has a user name before “@”. Remove it."
    if port == 0:
        return "has the port 0. Remove it."
    spelt = normalize("NFKC", host).replace("。", ".")
    if host != spelt:
        return f"has a host that browsers spell otherwise. Write https://{spelt[:60]}"
    return None if _is_host(host, parts) else _NO_HOST


_NO_HOST = "has a host or port that is not valid. Correct what follows https://"


def _is_host(host: str, parts: SplitResult) -> bool:
    """Return whether a host is a name with a dot, or an IP address written in full."""
    try:
        if "[" in parts.netloc:
            return "%" not in host and bool(IPv6Address(host))
        labels = host.encode("idna").decode().split(".")
        if _NUMBER.fullmatch(labels[-1]):
            return bool(IPv4Address(host))
    except (UnicodeError, AddressValueError):
        return False
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)


_PHONE = re.compile(r"tel:\+?[0-9]([0-9().-]{0,30}[0-9])?")
_OF_SITE = re.compile(r"(/(?![/\\])|#)[\w/.#?=&%+~:@!,;-]{0,500}")
_STEPS = re.compile(r"[^?#]*?/(/|(\.|%2e){1,2}(/|[?#]|\Z))", re.IGNORECASE)
"""A path with an empty segment or one that browsers remove (RFC 3986 §5.2.4): `/.//host/`."""


def is_link_target(address: str) -> bool:
    """Return whether a link in a text of the fest file may lead to an address.

    These are `https:`, `mailto:` and `tel:` addresses, those of the site like `/location/`, and
    sections of the page like `#map`.
    """
    if is_address(address) or _PHONE.fullmatch(address):
        return True
    return bool(_OF_SITE.fullmatch(address)) and not _STEPS.match(address)


def is_placeholder(address: str) -> bool:
    """Return whether an address is a placeholder, like `url-to-do` or `example.com`."""
    return bool(_PLACEHOLDER.search(address.strip()))
