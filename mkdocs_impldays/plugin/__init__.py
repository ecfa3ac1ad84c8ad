"""The plugin for MkDocs: the one room that knows the engine."""

from mkdocs_impldays.plugin.hooks import ImplDaysPlugin

__all__ = ["ImplDaysPlugin"]
