"""HTML that carries every state it can reach, each with the time in which it is shown.

The script `impldays.js` picks by the visitor's clock what the build picked by its own. Both look at
the same instants, written in UTC (ISO 8601): a part is shown from each instant of `data-from` on,
and no longer from each instant of `data-until` on. Where one of the two is missing, it was there
from the beginning of time, or stays to its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape

from mkdocs_impldays.fest.time import Span, merged, united

T = TypeVar("T")


def instant(moment: datetime) -> str:
    """Write an aware moment in UTC, to the second, as the script reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


class View(NamedTuple):
    """The moment that a page is built for, and whether it can show any other."""

    moment: datetime
    """It is aware."""
    is_preview: bool = False
    """Whether the page carries what is over then too, for a preview of any moment."""

    def left(self, spans: Iterable[Span[T]]) -> tuple[Span[T], ...]:
        """Leave out what is over, and let what holds now hold from the beginning of time.

        No visitor comes before the build, but a clock may be wrong: it then shows what was built.
        A preview keeps all as it is.
        """
        if self.is_preview:
            return tuple(spans)
        moment = self.moment.astimezone(UTC)  # two times of one zone compare blind to the fold
        return tuple(
            Span(span.value, None if span.holds(moment) else span.start, span.end)
            for span in spans
            if span.end is None or moment < span.end
        )


def alternatives(spans: Iterable[Span[str]], view: View) -> Markup:
    """Return inline HTML: the text of the view's moment, and the others that are left, hidden.

    The spans' values are HTML. One that holds always is given as it is, with nothing around it.
    """
    texts = merged(view.left(spans))
    if len(texts) == 1 and texts[0].is_always:
        return Markup(texts[0].value)  # noqa: S704 - the values are HTML
    parts = "".join(f"<span{shown([text], view) or ''}>{text.value}</span>" for text in texts)
    return Markup(f'<span class="impldays">{parts}</span>')  # noqa: S704 - as above


def shown(spans: Iterable[Span[T]], view: View) -> Markup | None:
    """Return the attributes of a part that is shown in some spans, to follow the tag's name.

    They are empty if it is always shown from the view's moment on. `None` means that it is never
    shown again and belongs on no page. The spans may come in any order, touch and overlap. Nothing
    else writes these attributes: the script and the built HTML can agree only if all three do.
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
