"""The plugin for MkDocs; nothing else imports the engine."""

from mkdocs_impldays.plugin.hooks import ImplDaysPlugin

__all__ = ["ImplDaysPlugin"]
