"""HTML that carries every state it can reach, each with the time in which it is shown.

The script `impldays.js` picks by the visitor's clock what the build picked by its own. Both look at
the same instants, written in UTC (ISO 8601): a part is shown from each instant of `data-from` on,
and no longer from each instant of `data-until` on. Where one of the two is missing, it was there
from the beginning of time, or stays to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from markupsafe import Markup, escape

from mkdocs_impldays.fest.phases import Span, merged

T = TypeVar("T")


def instant(moment: datetime) -> str:
    """Write an aware moment in UTC, to the second, as the script reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True)
class View:
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
        return tuple(
            Span(span.value, None if span.holds(self.moment) else span.start, span.end)
            for span in spans
            if span.end is None or self.moment < span.end
        )


def alternatives(spans: Iterable[Span[str]], view: View) -> Markup:
    """Give inline HTML: the text of the view's moment, and the others that are left, hidden.

    The spans' values are HTML. One that holds always is given as it is, with nothing around it.
    """
    texts = merged(view.left(spans))
    if len(texts) == 1 and texts[0].is_always:
        return Markup(texts[0].value)  # noqa: S704 - the values are HTML
    parts = "".join(
        f"<span {attributes([text], view.moment)}>{text.value}</span>" for text in texts
    )
    return Markup(f'<span class="impldays">{parts}</span>')  # noqa: S704 - as above


def attributes(spans: Sequence[Span[T]], moment: datetime) -> Markup:
    """Give the attributes of a part that is shown in some spans, in order and without contact."""
    lists = {
        "data-from": " ".join(instant(span.start) for span in spans if span.start),
        "data-until": " ".join(instant(span.end) for span in spans if span.end),
    }
    written = [f'{name}="{escape(text)}"' for name, text in lists.items() if text]
    if not any(span.holds(moment) for span in spans):
        written.append("hidden")
    return Markup(" ".join(written))  # noqa: S704 - instants and names of our own
