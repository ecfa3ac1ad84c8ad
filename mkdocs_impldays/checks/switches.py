"""The checks that can be switched off, and where each of them is off: on the site or a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_impldays.problems import Problem, guess, quoted

CHECKS: Mapping[str, str] = {
    "canonical": "the canonical link of a built page is the address of another page",
    "dead-anchor": "a link leads to a section that its page does not have",
    "dead-link": "a link or a picture leads to a page or file that the site does not have, "
    "or a page redirects to itself",
    "language": "a built page has no `<html lang=…>`",
    "left-braces": "readers of a page see a variable or tag, braces and all",
    "list": "a list begins right after its sentence, which makes it part of the paragraph",
    "no-button": "the fest file has an RSVP, and no page has its button",
    "no-home": "pages link to a home page, and there is none",
    "script-link": "a link or a form runs a script instead of leading to an address",
    "title": "a built page has no `<title>`, or more than one",
    "unused": "no page and no template reads a key under `site:` of the fest file",
}
"""The description of each check, by its permanent name."""

ADVICE = "Write off, or {except: [a path, another path]}."


@dataclass(frozen=True)
class Switches:
    """The checks that a site's organiser has switched off."""

    off: Mapping[str, GitIgnoreSpec] = field(default_factory=dict)
    """Where each check is off, by its name, as patterns of `.gitignore`."""

    def left(self, problems: Iterable[Problem], *, source: str | None = None) -> list[Problem]:
        """Return the problems without those of checks that are off at their file.

        A pattern matches the path that a problem shows, with or without its first folder (`docs/`
        or `site/`), and the `source` of a page whose problem shows another path.
        """
        return [each for each in problems if not self._is_off(each, source)]

    def _is_off(self, problem: Problem, source: str | None) -> bool:
        patterns = self.off.get(problem.check or "")
        if patterns is None:
            return False
        paths = [path for path in (problem.path, source) if path]
        below = [path.partition("/")[2] for path in paths if "/" in path]
        return any(map(patterns.match_file, [*paths, *below]))


def switches_of(value: object) -> tuple[Switches, list[str]]:
    """Return the switches of the option `checks`, and messages for what is not valid.

    The value is `{name: off}` or `{name: {except: [pattern, …]}}`; YAML reads `off` as false.
    """
    if value is None:
        return Switches(), []
    if not isinstance(value, Mapping):
        return Switches(), [f"{quoted(value)} is not a group of checks. Write like “title: off”."]
    off: dict[str, GitIgnoreSpec] = {}
    wrong = []
    for name, setting in value.items():
        patterns = _patterns_of(setting)
        if name not in CHECKS:
            wrong.append(unknown_check(name))
        elif patterns is None:
            wrong.append(f"{name}: {quoted(setting)} is not a valid setting. {ADVICE}")
        elif patterns:
            off[name] = GitIgnoreSpec.from_lines(patterns)
    return Switches(off), wrong


def off_on_page(meta: Mapping[str, object]) -> frozenset[str]:
    """Return the checks that a page's front matter switches off on this page.

    `checks: off` is all of them, `checks: {dead-link: off}` this one.
    """
    value = meta.get("checks")
    if isinstance(value, Mapping):
        return frozenset(name for name in CHECKS if name in value and value[name] in _OFF)
    return frozenset(CHECKS) if is_silenced(meta) else frozenset()


def is_silenced(meta: Mapping[str, object]) -> bool:
    """Return whether front matter has `checks: off`, for all checks of the text of a page.

    Those without a name cannot be switched off otherwise.
    """
    return "checks" in meta and meta["checks"] in _OFF


def front_matter_mistakes(meta: Mapping[str, object]) -> list[str]:
    """Return messages for what is wrong with `checks` in front matter."""
    value = meta.get("checks")
    if not isinstance(value, Mapping):
        is_known = "checks" not in meta or value in _OFF or value in _ON
        return [] if is_known else [f"checks: {quoted(value)} is not valid. Write “checks: off”."]
    unknown = [f"checks: {unknown_check(name)}" for name in value if name not in CHECKS]
    return unknown + [
        f"checks: {name}: {quoted(setting)} is not valid. Write “{name}: off”."
        for name, setting in value.items()
        if name in CHECKS and setting not in _OFF and setting not in _ON
    ]


def unknown_check(name: object) -> str:
    """Return the message for the name of an unknown check."""
    found = guess(str(name), CHECKS) or f" The checks are {', '.join(CHECKS)}."
    return f"{quoted(name)} is not a check.{found}"


_OFF: Sequence[object] = (False, "off")
"""How a check is switched off, as YAML 1.1 reads it and in quotation marks."""
_ON: Sequence[object] = (True, "on", None)


def _patterns_of(setting: object) -> list[str] | None:
    """Return the patterns of the paths at which a check is off; `None` if not valid."""
    if setting in _OFF:
        return ["*"]
    if setting in _ON:
        return []
    paths = setting.get("except") if isinstance(setting, Mapping) and len(setting) == 1 else None
    paths = [paths] if isinstance(paths, str) else paths
    if isinstance(paths, list) and paths and all(isinstance(path, str) for path in paths):
        return paths
    return None
