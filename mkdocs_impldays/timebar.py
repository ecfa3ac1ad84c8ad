"""The time bar of previews in `mkdocs serve`, with a button for each moment of a fest."""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of, named_instants
from mkdocs_impldays.pages.timed import instant

FILES = ("assets/impldays/timebar.css", "assets/impldays/timebar.js")
"""The files of the bar, in the order of the head; `timebar.js` must follow `impldays.js`."""

_TIMES = re.compile('data-(?:from|until)="([^"]+)"')


_MARKS = re.compile(
    '<(?:em|p|span) class="impldays-(?:now|next|over|current__head)"[^<>]*>'
    '|<p[^<>]*><em class="impldays-now">|<li[^<>]*><time '
)
"""The tags of our templates for what is on now, next or over in a schedule."""


def moments_in(page: str) -> frozenset[str]:
    """Return the moments at which the HTML of a page changes, as in its attributes.

    Those of marks in a schedule are omitted: a conference has hundreds of sessions.
    """
    found = _TIMES.findall(_MARKS.sub("", page))
    return frozenset(moment for times in found for moment in times.split())


def timebar(fest: Fest, moments: frozenset[str] = frozenset()) -> Markup:
    """Return the HTML of the bar, for the end of the body, hidden until its script runs.

    It has the moments of the fest and its main event, and those of the page, `moments`.
    """
    named = named_instants(fest)
    marked = {instant(at) for at in instants_of(fest, [fest.main_event])}
    marked |= {instant(at) for at, _ in named[:1]} | moments
    kept = [(at, name) for at, name in named if instant(at) in marked]
    typed = marked - {instant(at) for at, _ in named}
    own = [
        (datetime.fromisoformat(moment).astimezone(fest.timezone), "This page") for moment in typed
    ]
    buttons = [_button(at, name) for at, name in sorted([*kept, *own], key=lambda pair: pair[0])]
    return _BAR.format(buttons=Markup("\n").join(buttons))


def _button(at: datetime, name: str) -> Markup:
    time = Markup('<time datetime="{}">{}</time>').format(instant(at), f"{at:%a %d %b %Y, %H:%M}")
    button = Markup(
        '<li><button type="button" data-now="{}" aria-pressed="false">{}<br>{}</button>'
    )
    return button.format(instant(at), name, time)


_BAR = Markup("""\
<section class="impldays-timebar" aria-label="Time bar" hidden>
<p>This page shows <strong role="status">now</strong>. Only the preview has this bar.</p>
<ul>
<li><button type="button" data-now="" aria-pressed="true">Now</button>
{buttons}
</ul>
<label>Another moment, in your time zone: <input type="datetime-local"></label>
</section>
""")
