"""The macros of the programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Span
from mkdocs_impldays.names.ahead import day_times
from mkdocs_impldays.names.sessions import (
    choices_of,
    filters_of,
    next_day,
    now_and_next,
    without_breaks,
)
from mkdocs_impldays.output.calendar_links import programme_calendar_path, programme_links
from mkdocs_impldays.pages.facts import Block, Facts, PageError
from mkdocs_impldays.pages.sandbox import Unknown
from mkdocs_impldays.pages.timed import View, shown
from mkdocs_impldays.problems import guess

Render = Callable[..., Block]
"""A function that renders a partial of the theme by its name, with facts."""


@dataclass(frozen=True)
class ProgrammeMacros:
    """The macros that show the days of a fest and its sessions and speakers."""

    fest: Fest
    names: Mapping[str, Facts]
    """What pages and templates see of the fest."""
    view: View
    site_url: str | None
    render: Render

    def schedule(self, *, agenda: object = True, days: object = "all") -> Markup:
        """Return each day of the fest with its events and agendas, or without the agendas.

        With `days="next"` only the day that is on or comes next.
        """
        if days not in {"all", "next"}:
            what = "is not a choice of days. Write schedule() or schedule(days=“next”)."
            raise PageError(what, subject=days)
        until = shown([Span("", None, self.fest.end)], self.view)
        links = programme_links(self.fest, site_url=self.site_url) if agenda else ()
        ways = {link.way: link.url for link in links} if until is not None else {}
        later = self._undated() if days == "all" else []
        choices = choices_of(self._filtered)
        return self.render(
            "schedule",
            has_agenda=bool(agenda),
            calendar=ways,
            shown=until,
            times=day_times(self.fest, self.view),
            is_whole=days == "all",
            later=later,
            choices=choices,
        )

    def _undated(self) -> list[object]:
        """Return the events that will take place on days that are not known, beside others."""
        events = self.names["events"]
        if not self.fest.known_days:
            return []
        every = self.fest.events.values()
        return [
            events[each.id] for each in every if not each.known_days and self.fest.awaits_days(each)
        ]

    def schedule_filter(self) -> Markup:
        """Return controls that filter the schedule below them, and buttons to mark sessions."""
        if not (sessions := self._filtered):
            return Markup()
        filters, path = filters_of(sessions.values()), programme_calendar_path(self.fest)
        return self.render("schedule_filter", filters=filters, count=len(sessions), calendar=path)

    @property
    def _filtered(self) -> dict[str, Facts]:
        """The sessions that a filter counts, hides and marks: all but breaks, by their ids."""
        return without_breaks(self._programme["sessions"])

    def now_and_next(self) -> Markup:
        """Return the sessions that are on now and those that come next; nothing on other days."""
        programme = self._programme["sessions"]
        groups = now_and_next(self.fest, programme, self.view)
        if not groups:
            return Markup()
        day = next_day(self.fest, programme, self.view)
        return self.render("now_and_next", groups=[tuple(each) for each in groups], day=day)

    def session(self, name: object) -> Markup:
        """Return all facts of a session."""
        return self.render("session", session=self._of_programme("sessions", name))

    def speaker(self, name: object) -> Markup:
        """Return all facts of a speaker, with the person's sessions."""
        return self.render("speaker", speaker=self._of_programme("speakers", name))

    def speakers(self) -> Markup:
        """Return the speakers, each with a photo and links."""
        people = self._programme["speakers"]
        return self.render("speakers", speakers=list(people.values())) if people else Markup()

    def _of_programme(self, kind: str, name: object) -> object:
        if isinstance(name, Unknown):
            raise name.mistake
        group = self._programme[kind]
        if str(name) not in group:
            advice = guess(str(name), group) or " Add it to the fest file."
            raise PageError(f"is not one of the {kind} of the fest.{advice}", subject=name)
        return group[str(name)]

    @cached_property
    def _programme(self) -> dict[str, dict[str, Facts]]:
        """The `sessions` and `speakers` of the fest by their ids; each has a page that asks."""
        programme = self.names["fest"]["programme"]
        groups = programme.facts if isinstance(programme, Facts) else {}
        found: dict[str, dict[str, Facts]] = {"sessions": {}, "speakers": {}}
        for kind, group in groups.items():
            facts = group.facts if isinstance(group, Facts) else {}
            found[kind] = {key: each for key, each in facts.items() if isinstance(each, Facts)}
        return found
