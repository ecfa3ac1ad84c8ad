"""What pages and templates can call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from mkdocs_impldays.fest.call_states import CallState
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.changes import name_of, update_line
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.people import Contact, Live, by_level
from mkdocs_impldays.fest.time import Span, end_of, is_over, limited_span, tenses_of
from mkdocs_impldays.names import button
from mkdocs_impldays.names.ahead import venues_ahead
from mkdocs_impldays.names.banners import notice_lines
from mkdocs_impldays.names.calls import call_lists, deadline_rows
from mkdocs_impldays.names.fests import listings
from mkdocs_impldays.names.programme import ProgrammeMacros, Render
from mkdocs_impldays.output.calendar_links import calendar_links
from mkdocs_impldays.pages.facts import Block, Facts, Inline, Macro, PageError
from mkdocs_impldays.pages.printing import inline_html, not_printable, text_of
from mkdocs_impldays.pages.sandbox import Unknown
from mkdocs_impldays.pages.timed import View, alternatives, shown
from mkdocs_impldays.problems import guess
from mkdocs_impldays.words.phrases import Words

TENSES = ("future", "present", "past")


def tense(fest: Fest, texts: Sequence[str], *, view: View, event: Event | None = None) -> Inline:
    """Return inline HTML of three `texts`: for before, during and after an event, or the fest."""
    by_tense = {name: str(escape(text)) for name, text in zip(TENSES, texts, strict=True)}
    spans = [Span(by_tense[span.value], span.start, span.end) for span in tenses_of(fest, event)]
    return Inline(alternatives(spans, view))


def takes_place(fest: Fest, *, view: View, words: Words, event: Event | None = None) -> Inline:
    """Return “will take place”, “takes place” or “took place” as `tense` does.

    If the event is not held, it is “would have taken place” at all times.
    """
    if not fest.is_held(event):
        return Inline(words.phrase("tense.not_held"))
    texts = [words.phrase(f"tense.{name}") for name in TENSES]
    return tense(fest, texts, view=view, event=event)


def limited_lines(
    facts: Sequence[Contact | Live], fest: Fest, *, view: View, words: Words
) -> list[Facts]:
    """Return contacts or streams that are not over, with their HTML as text and `shown`."""
    lines = []
    for fact in facts:
        span = limited_span(fact, fest)
        when = shown([span], view) if span else None
        if when is not None:
            parts = _contact(fact) if isinstance(fact, Contact) else _live(fact, words)
            text = Markup(" ").join(parts)
            lines.append(Facts("line", {"shown": when}, text=text))
    return lines


def _contact(contact: Contact) -> Iterator[Markup]:
    name = contact.name
    yield _link(contact.url, name) if contact.url else Markup("<span>{}</span>").format(name)
    if contact.phone:
        yield _link("tel:" + re.sub(r"[^+0-9]", "", contact.phone), contact.phone)
    if contact.email:
        yield _link(f"mailto:{contact.email}", contact.email)


def _live(live: Live, words: Words) -> Iterator[Markup]:
    kind = "live.stream" if live.stream else "live.document"
    yield _link(live.stream or live.document or "", live.title or words.say(kind))


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}" rel="noopener">{}</a>').format(address, text)


@dataclass(frozen=True)
class Macros:
    """The macros of the pages about a fest."""

    fest: Fest
    names: Mapping[str, Facts]
    """What pages and templates see of the fest."""
    fests: Mapping[str, Facts]
    """All fests of the site by their ids, as templates see them."""
    pages: Mapping[str, str]
    """The addresses of the fests' own pages, by the fests' ids."""
    words: Words
    view: View
    site_url: str | None
    link_class: str
    render: Render

    def by_name(self) -> dict[str, Macro]:
        """Return the macros as pages call them."""
        functions: list[Callable[..., object]] = [
            self.rsvp_button, self.call_button, self.tickets, self.calls, self.deadlines,
            self.button_in, self.calendar_links, self.programme.schedule,
            self.programme.now_and_next, self.programme.schedule_filter, self.programme.session,
            self.programme.speaker, self.programme.speakers, self.venue, self.fests_list,
            self.afterwards, self.tense, self.takes_place, self.notice, self.updates,
            self.contacts, self.live, self.sponsors, self.team, self.links,
        ]  # fmt: skip
        return {function.__name__: Macro(function.__name__, function) for function in functions}

    @cached_property
    def programme(self) -> ProgrammeMacros:
        """The macros that show the programme."""
        return ProgrammeMacros(self.fest, self.names, self.view, self.site_url, self.render)

    def rsvp_button(self, label: object = None) -> Markup:
        """Return the RSVP button, with another label if a page gives one."""
        if self.fest.rsvp is None:
            raise PageError("has nothing to show: the fest file has no “rsvp:”. Add it there.")
        return self._button(self.fest.rsvp, label, "rsvp_button(")

    def call_button(self, name: object, label: object = None) -> Markup:
        """Return the button of a call, with another label if a page gives one."""
        return self._button(self._call(name), label, f'call_button("{name}", ')

    def tickets(self, name: object = "rsvp") -> Markup:
        """Return the kinds of ticket of the RSVP, or of another call, each as it is now."""
        call = self._call(name)
        if not call.tickets:
            raise PageError("has no “tickets:” in the fest file. Add them there.", subject=call.id)
        lines = [
            Facts(
                "ticket",
                {"about": inline_html(ticket.about, links=True) if ticket.about else None},
                text=button.ticket_line(
                    self.fest,
                    call.of_ticket(ticket),
                    view=self.view,
                    words=self.words,
                    link_class=self.link_class,
                ),
            )
            for ticket in call.tickets
        ]
        return self.render("tickets", lines=lines)

    def calls(self) -> Markup:
        """Return the calls that are open, and those that open later."""
        buttons = {key: self._states(call) for key, call in self.fest.every_call.items()}
        groups = call_lists(self.fest, buttons, view=self.view, words=self.words)
        return self.render("calls", groups=groups)

    def _states(self, call: Call) -> list[tuple[CallState, Span[str]]]:
        return button.states_of(
            self.fest, call, view=self.view, words=self.words, link_class=self.link_class
        )

    def deadlines(self, which: object = None) -> Markup:
        """Return the table of deadlines and other dates of this fest, or of `"all"`."""
        if which not in (None, "all"):
            what = "is not a choice of fests. Write deadlines() or deadlines(“all”)."
            raise PageError(what, subject=str(which))
        every = [facts.value for facts in self.fests.values() if isinstance(facts.value, Fest)]
        chosen = every if which == "all" else [self.fest]
        rows = deadline_rows(chosen, view=self.view, words=self.words)
        return self.render("deadlines", rows=rows)

    def _button(self, call: Call, label: object, written: str) -> Markup:
        if label is not None and not isinstance(label, str):
            raise PageError(f'has a label that is not text. Write {written}"…").')
        return button.call_button(
            self.fest,
            call,
            view=self.view,
            words=self.words,
            label=label,
            link_class=self.link_class,
        )

    def _call(self, name: object) -> Call:
        if isinstance(name, Facts) and isinstance(name.value, Call):
            return name.value
        calls = self.fest.every_call
        if name in calls:
            return calls[str(name)]
        if isinstance(name, Unknown):
            raise name.mistake
        advice = guess(str(name), calls) or " Add it under “calls:”."
        raise PageError(f"is not a call of the fest file.{advice}", subject=name)

    def button_in(self, state: object) -> Markup:
        """Return the button as it is in one of its states, whatever the clock says."""
        try:
            states = button.every_state(self.fest, words=self.words, link_class=self.link_class)
        except ValueError as error:
            raise PageError(f"has nothing to show: {error}") from None
        known = {str(each): html for each, html in states.items()}
        if state not in known:
            what = f"is not a state of the button. Write one of: {', '.join(known)}."
            raise PageError(what, subject=state)
        return known[str(state)]

    def calendar_links(self, event: object = None) -> Markup:
        """Return links that add the fest, or an event, to a calendar, until it is over."""
        chosen = None if event is None else self._event(event)
        until = shown([Span("", None, (chosen or self.fest).end)], self.view)
        links = [
            {"way": link.way, "url": link.url, "label": self.words.say(f"calendar.{link.way}")}
            for link in calendar_links(self.fest, chosen, site_url=self.site_url)
        ]
        if not links or until is None:
            return Markup()
        facts = [Facts("link", link) for link in links]
        return self.render(
            "calendar_links", links=facts, shown=until, title=name_of(self.fest, chosen)
        )

    def venue(self, name: object = None) -> Block | Inline:
        """Return a venue with directions; without a name, those of the event with the RSVP.

        They are the venues of all days that are left; of a series, that of the next day.
        """
        venues = self.names["venues"]
        if name is None and self.fest.is_online():
            return Inline(self.words.phrase("place.online"))
        if not venues.facts:
            raise PageError("has nothing to show: the fest file has no “venues:”. Add them there.")
        if name is None:
            return self._main_venue(venues)
        try:
            return self.render("venue", venue=venues[name])
        except KeyError:
            if isinstance(name, Unknown):
                raise name.mistake from None
            advice = guess(str(name), venues.facts) or " Write a name from “venues:”."
            what = f"is not a venue of the fest file.{advice}"
            raise PageError(what, subject=name) from None

    def fests_list(self) -> Markup:
        """Return all fests of the site: current, upcoming and past."""
        every = [facts.value for facts in self.fests.values() if isinstance(facts.value, Fest)]
        groups = [
            (
                self.words.say(f"fests.{listing.group}"),
                listing.shown,
                [
                    (self.fests[fest.id], when, self.pages.get(fest.id))
                    for fest, when in listing.fests
                ],
            )
            for listing in listings(every, self.view)
        ]
        return self.render("fests_list", groups=groups)

    def afterwards(self) -> Markup:
        """Return the organiser's thanks and the recordings, from the end of the fest on."""
        fest = self.fest
        has_content, end = fest.thanks or fest.recordings, end_of(fest)
        if end is None or not fest.is_held() or not has_content:
            return Markup()
        return self.render("afterwards", shown=shown([Span("", end)], self.view))

    def tense(self, future: object, present: object, past: object, event: object = None) -> Markup:
        """Return one of three texts, for before, during and after an event, or the fest."""
        what = None if event is None else self._event(event)
        texts = [_as_text(each) for each in (future, present, past)]
        return tense(self.fest, texts, view=self.view, event=what)

    def takes_place(self, event: object = None) -> Markup:
        """Return “will take place”, “takes place” or “took place”, whichever is true."""
        what = None if event is None else self._event(event)
        return takes_place(self.fest, view=self.view, words=self.words, event=what)

    def notice(self) -> Markup:
        """Return the notice with all changes of plan; nothing if there are none."""
        lines = notice_lines(self.fest, view=self.view, words=self.words)
        return self.render("notice", lines=lines)

    def updates(self, event: object = None) -> Markup:
        """Return the log of changes, the latest first: of all, or of one event."""
        fest = self.fest
        changes = [*fest.changes, *(c for each in fest.events.values() for c in each.changes)]
        if event is not None:
            changes = list(fest.changes_of(self._event(event)))
        changes.sort(key=lambda change: change.date, reverse=True)
        return self.render("updates", lines=[update_line(change, self.words) for change in changes])

    def contacts(self, heading: object = None) -> Markup:
        """Return the contacts, each in its time, below a heading if a page gives one."""
        return self._limited(self.fest.contacts, heading)

    def live(self, heading: object = None) -> Markup:
        """Return the streams and shared documents, each in its time, as `contacts` does."""
        return self._limited(self.fest.live, heading)

    def sponsors(self, level: object = None) -> Markup:
        """Return the sponsors by level, or those of one level."""
        every = by_level(self.fest.sponsors)
        if level is not None and level not in {name for name, _ in every}:
            names = [name for name, _ in every if name]
            advice = guess(str(level), names) or " Write a level from “sponsors:”."
            raise PageError(f"is not a level of the fest file.{advice}", subject=level)
        facts = {id(each.value): each for each in self._parts("sponsors")}
        levels = [
            (name, [facts[id(sponsor)] for sponsor in sponsors])
            for name, sponsors in every
            if level is None or name == level
        ]
        return self.render("sponsors", levels=levels) if levels else Markup()

    def team(self) -> Markup:
        """Return the team, each person with a photo, a role and links."""
        members = self._parts("team")
        return self.render("team", members=members) if members else Markup()

    def links(self) -> Markup:
        """Return the fest's accounts elsewhere, and the pages that every page links to."""
        return self.render("links")

    def _parts(self, key: str) -> list[Facts]:
        return [each for each in self.names["fest"][key] if isinstance(each, Facts)]  # type: ignore[attr-defined]

    def _limited(self, facts: Sequence[Contact | Live], heading: object) -> Markup:
        lines = limited_lines(facts, self.fest, view=self.view, words=self.words)
        spans = [span for fact in facts if (span := limited_span(fact, self.fest))]
        return self.render(
            "limited",
            lines=lines,
            heading=None if heading is None else inline_html(_as_text(heading)),
            shown=shown(spans, self.view),
        )

    def _main_venue(self, venues: Facts) -> Block:
        event = self.fest.main_event
        places = venues_ahead(self.fest, event, self.view, are_all=True)
        tba = self.words.phrase("tba.over" if is_over(self.fest, self.view.moment) else "place.tba")
        parts = [
            (self.render("venue", venue=venues[place.id]), times)
            if place
            else (Block(Markup("<p>{}</p>").format(tba)), times)
            for place, times in places
        ]
        if len(parts) > 1:
            shown_in_time = Markup("\n").join(
                Markup("<div{}>{}</div>").format(times, html) for html, times in parts
            )
            return Block(Markup('<div class="impldays">\n{}\n</div>').format(shown_in_time))
        if places and places[0][0]:
            return parts[0][0]
        return self.render("venue", venue=next(iter(venues)))

    def _event(self, event: object) -> Event:
        if isinstance(event, Facts) and isinstance(event.value, Event):
            return event.value
        if event in self.fest.events:
            return self.fest.events[str(event)]
        advice = guess(str(event), self.fest.events) or " Write the name of an event."
        raise PageError(f"is not an event of the fest file.{advice}", subject=event)


def _as_text(value: object) -> str:
    """Return an argument as text, or as the HTML that it is; raise `PageError` for others."""
    if isinstance(value, Unknown):
        raise value.mistake
    if (text := text_of(value)) is None:
        raise not_printable(value)
    return text
