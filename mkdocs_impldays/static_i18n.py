"""What mkdocs-static-i18n says of a site: it builds it once for each language, each in its folder.

It is asked by the attributes it puts on itself and on files, as of its version 1.3, so that nothing
here needs it to be installed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple


class LanguageBuild(NamedTuple):
    """One of the builds of a site, for one of its languages; a site without has a single one."""

    language: str | None = None
    """The language it is for, as mkdocs.yml has it."""
    default: str | None = None
    """The language of the site's root."""
    languages: Collection[str] = ()
    """All languages of the site."""
    has_folders: bool = False
    """Whether the sources of each language are in a folder of its own: `docs/fr/`."""
    is_first: bool = True
    """Whether no other language was built before."""

    @classmethod
    def of(cls, plugin: Any) -> LanguageBuild:
        """Ask the plugin, or `None` where a site has none."""
        if plugin is None:
            return cls()
        return cls(
            plugin.current_language,
            plugin.default_language,
            tuple(plugin.all_languages),
            plugin.config.docs_structure == "folder",
            not plugin.building,
        )

    @property
    def root(self) -> str:
        """The folder of the language below the site's root: `fr/`, or nothing for the default."""
        return "" if self.language == self.default else f"{self.language}/"

    def placed(self, destination: str, src_uri: str) -> str:
        """Return where the plugin looks for a file that front matter wants at a destination.

        An author may write the language's folder in front of it or not.
        """
        source = PurePosixPath(src_uri)
        tag = source.parts[0] if self.has_folders else PurePosixPath(source.stem).suffix[1:]
        if tag not in self.languages:
            return destination
        bare = destination.removeprefix(f"{tag}/")
        return f"{tag}/{bare}" if self.has_folders else bare

    def sources(self, source: str) -> set[str]:
        """Return all files that can be a page of the default language, by the common one."""
        path = PurePosixPath(source)
        tag = self.default
        suffixed = path.with_suffix(f".{tag}{path.suffix}").as_posix()
        return {source, suffixed, f"{tag}/{source}"} if tag else {source}


def language_of(file: object) -> str | None:
    """Return the language that a file is written in; `None` if nothing says so.

    A page that we made has no words of its own: it speaks whatever is asked for.
    """
    asked = "locale_alternate_of" if _is_ours(file) else "locale"
    tag: str | None = getattr(file, asked, None)
    return tag.replace("_", "-") if tag else None


def common_source(file: Any) -> str:
    """Return what the files of a page in all languages have in common: `about.md`."""
    return str(getattr(file, "norm_src_uri", file.src_uri))


def translations(file: object) -> dict[str, str]:
    """Return the addresses of a page in all languages that it is written in, from the site's root.

    Where a page is not translated, the plugin shows the default one; that is not a translation.
    """
    files: Mapping[str, Any] = getattr(file, "alternates", {})
    return {
        tag.replace("_", "-"): each.url
        for tag, each in sorted(files.items())
        if _is_ours(file) or getattr(each, "locale", None) == tag
    }


def _is_ours(file: object) -> bool:
    return getattr(file, "generated_by", None) == "impldays"
