"""Support of mkdocs-static-i18n, which builds a site once for each language, in its folder.

It is read by attributes of the plugin and of files, as of version 1.3, and need not be installed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple


class LanguageBuild(NamedTuple):
    """A build of a site for one of its languages; without the plugin there is a single one."""

    language: str | None = None
    """The language that is built, as in mkdocs.yml."""
    default: str | None = None
    """The language of the site's root."""
    languages: Collection[str] = ()
    """All languages of the site."""
    has_folders: bool = False
    """Whether the sources of each language are in a folder of its own: `docs/fr/`."""
    is_first: bool = True
    """Whether it is the first build."""

    @classmethod
    def of(cls, plugin: Any) -> LanguageBuild:
        """Return the current build of the plugin, or that of a site without (`None`)."""
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
        """The folder of the language below the site's root: `fr/`; empty for the default."""
        return "" if self.language == self.default else f"{self.language}/"

    def placed(self, destination: str, src_uri: str) -> str:
        """Return the destination that the plugin expects for a file, given that of front matter.

        That may begin with the language's folder or not.
        """
        source = PurePosixPath(src_uri)
        tag = source.parts[0] if self.has_folders else PurePosixPath(source.stem).suffix[1:]
        if tag not in self.languages:
            return destination
        bare = destination.removeprefix(f"{tag}/")
        return f"{tag}/{bare}" if self.has_folders else bare

    def sources(self, source: str) -> set[str]:
        """Return all paths that a page can have in the default language."""
        path = PurePosixPath(source)
        tag = self.default
        suffixed = path.with_suffix(f".{tag}{path.suffix}").as_posix()
        return {source, suffixed, f"{tag}/{source}"} if tag else {source}


def language_of(file: object) -> str | None:
    """Return the language that a file is written in; `None` if it is not known.

    A generated page is in the language of its build.
    """
    asked = "locale_alternate_of" if _is_ours(file) else "locale"
    tag: str | None = getattr(file, asked, None)
    return tag.replace("_", "-") if tag else None


def common_source(file: Any) -> str:
    """Return the path that a page has in common in all languages, like `about.md`."""
    return str(getattr(file, "norm_src_uri", file.src_uri))


def translations(file: object) -> dict[str, str]:
    """Return the addresses of a page by language, from the site's root.

    Languages without a translation, for which the plugin shows the default page, are omitted.
    """
    files: Mapping[str, Any] = getattr(file, "alternates", {})
    return {
        tag.replace("_", "-"): each.url
        for tag, each in sorted(files.items())
        if _is_ours(file) or getattr(each, "locale", None) == tag
    }


def _is_ours(file: object) -> bool:
    return getattr(file, "generated_by", None) == "impldays"
