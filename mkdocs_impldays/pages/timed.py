"""HTML with all states that it can have, each with the time in which it is shown.

The script `impldays.js` selects by the visitor's clock what the build selects by its own, from the
same moments in UTC (ISO 8601): an element is shown from each moment of `data-from` until the next
of `data-until`; without one, from the beginning or to the end of time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape

from mkdocs_impldays.fest.time import Span, merged, united

T = TypeVar("T")


def instant(moment: datetime) -> str:
    """Return an aware moment in UTC, to the second, as the script reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


class View(NamedTuple):
    """The moment that a page is built for, and whether it is a preview of others."""

    moment: datetime
    """Aware."""
    is_preview: bool = False
    """Whether the page also has what is over, for a preview of any moment."""

    def left(self, spans: Iterable[Span[T]]) -> tuple[Span[T], ...]:
        """Return the spans that are not over, with the current one from the beginning of time.

        A visitor whose clock is too early then sees what was built. A preview has all spans.
        """
        if self.is_preview:
            return tuple(spans)
        moment = self.moment.astimezone(UTC)  # within a zone, `fold` is not compared
        return tuple(
            Span(span.value, None if span.holds(moment) else span.start, span.end)
            for span in spans
            if span.end is None or moment < span.end
        )


def alternatives(spans: Iterable[Span[str]], view: View) -> Markup:
    """Return inline HTML with the value of the view's moment, and later ones hidden.

    The values of the spans are HTML. One that always holds is returned as it is.
    """
    texts = merged(view.left(spans))
    if len(texts) == 1 and texts[0].is_always:
        return Markup(texts[0].value)  # noqa: S704 - the values are HTML
    parts = "".join(f"<span{shown([text], view) or ''}>{text.value}</span>" for text in texts)
    return Markup(f'<span class="impldays">{parts}</span>')  # noqa: S704 - as above


def shown(spans: Iterable[Span[T]], view: View) -> Markup | None:
    """Return the attributes of an element that is shown in some spans, with a space before each.

    They are empty if it is always shown from the view's moment on, and `None` if never again. The
    spans may be in any order and overlap. Only this function writes these attributes, so that the
    script and the built HTML agree.
    """
    left = view.left(united(spans))
    if not left:
        return None
    lists = {
        "data-from": " ".join(instant(span.start) for span in left if span.start),
        "data-until": " ".join(instant(span.end) for span in left if span.end),
    }
    written = [f' {name}="{escape(text)}"' for name, text in lists.items() if text]
    if not any(span.holds(view.moment) for span in left):
        written.append(" hidden")
    return Markup("").join(map(Markup, written))
