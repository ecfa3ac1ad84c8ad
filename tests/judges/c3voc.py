"""Reads a schedule in JSON with the tools of c3voc, and prints what they make of it, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from voc.schedule import Schedule

schedule = Schedule(json=json.loads(Path(sys.argv[1]).read_text("utf-8")))
stats = schedule.stats
found = {
    "title": schedule.conference("title"),
    "version": schedule.version(),
    "zone": str(schedule.tz()),
    "rooms": schedule.rooms(),
    "count": stats.events_count,
    "first": stats.first_event["title"],
    "last": stats.last_event["title"],
    "events": schedule.foreach_event(dict),
    "starts": schedule.foreach_event(lambda event: event.start.isoformat()),
    "xml": schedule.xml(),
}
print(json.dumps(found))  # noqa: T201 - which is what it is for
