"""Problems as the organiser sees them in the browser, while `mkdocs serve` runs."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mkdocs_impldays.problems import Problem

_BOX = Markup(
    '<aside role="alert" style="position:fixed;inset:auto 0 0;z-index:99;max-height:60vh;'
    "overflow:auto;padding:1rem 1.5rem;background:#fff8e1;color:#1f1300;"
    'border-top:4px solid #b3261e;font:1rem/1.5 system-ui,sans-serif">'
    "<strong>{heading}</strong>"
    '<ul style="margin:.5rem 0 0;padding-left:1.25rem">{items}</ul></aside>'
)


def problems_box(problems: Iterable[Problem]) -> str:
    """Give the HTML of a box at the foot of the page, which needs no style of the theme.

    Without problems there is no box.
    """
    items = Markup().join(Markup("<li><code>{}</code></li>").format(p) for p in problems)
    count = items.count("<li>")
    if not count:
        return ""
    heading = "One thing to mend:" if count == 1 else f"{count} things to mend:"
    return _BOX.format(heading=heading, items=items)
