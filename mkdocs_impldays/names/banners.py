"""The banners of a page: changes of plan, and that its fest is not the current one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.changes import name_of, notices_of, sentence
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.time import Span, join_spans, recording_spans, tenses_of, without
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.timed import View, alternatives, shown
from mkdocs_impldays.words.dates import month_in_words
from mkdocs_impldays.words.phrases import Words


def notice_lines(fest: Fest, *, view: View, words: Words) -> list[Facts]:
    """Return the lines of the notice: those of the view's moment, and hidden ones of later.

    Each has its HTML as text, and `shown`, its attributes.
    """
    lines: list[Facts] = []
    for notice in notices_of(fest):
        text = sentence(notice, fest, words)
        lines += _line(text, [Span(True, notice.start, notice.end)], view)
    lines += _join(fest, view, words)
    return lines


def _line(text: Markup, spans: Iterable[Span[bool]], view: View) -> Iterator[Facts]:
    when = shown(spans, view)
    if when is not None:
        yield Facts("line", {"shown": when}, text=text)


def _join(fest: Fest, view: View, words: Words) -> Iterator[Facts]:
    """Yield the links to join each event while they are shown, and then the recordings.

    Each is omitted while the RSVP button has it; the link only if it was planned online.
    """
    for event in fest.events.values():
        if join := fest.join_of(event):
            for url, phrase, spans in (
                (known(join.url), "event.join", _joining(fest, event)),
                (known(join.recording), "event.recording", _recording(fest, event)),
            ):
                label = words.say(phrase)
                link = Markup('<a href="{}" rel="noopener">{}</a>').format(url or "", label)
                yield from _line(Markup("{}: {}").format(name_of(fest, event), link), spans, view)


def _joining(fest: Fest, event: Event) -> list[Span[bool]]:
    """Return when the link to join an event is shown, without the times when the button has it."""
    spans = join_spans(fest, event)
    is_planned = fest.planned_attendance(event) != "on-site"
    return _without_button(spans, fest, event, CallState.JOIN) if is_planned else spans


def _recording(fest: Fest, event: Event) -> list[Span[bool]]:
    """Return when the recording is shown and the RSVP button does not lead there."""
    return _without_button(recording_spans(fest, event), fest, event, CallState.PAST)


def _without_button(
    spans: list[Span[bool]], fest: Fest, event: Event, state: CallState
) -> list[Span[bool]]:
    """Return spans without those in which the button of an event is in a state."""
    if fest.rsvp is None or fest.rsvp.event != event.id:
        return spans
    states = call_states(fest, fest.rsvp)
    return without(spans, [each for each in states if each.value is state])


def banner_text(fest: Fest, *, view: View, words: Words) -> Markup:
    """Return the sentence that says which fest a page is about, and after its end, was about."""
    days = fest.dates
    dates = words.days(days) if days else words.say("tba")
    if fest.month:
        dates = Markup(escape(month_in_words(fest.month, locale=words.language)))  # noqa: S704 - escaped
    if not fest.is_held() and days:
        dates = Markup("<s>{}</s>").format(dates)
    facts = {"fest": escape(fest.name), "dates": dates}
    other, past = words.phrase("archive.other", **facts), words.phrase("archive.banner", **facts)
    spans = [
        Span(str(past if span.value == "past" else other), span.start, span.end)
        for span in tenses_of(fest)
    ]
    if not fest.is_held():
        spans = [Span(str(other))]
    return alternatives(spans, view)
