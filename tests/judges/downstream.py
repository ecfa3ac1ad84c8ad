"""Reads a schedule in XML into an empty pretalx by pretalx-downstream, and prints it as JSON.

It takes minutes to install and half a minute to run, so no test does. By hand:

    python3 -m venv /tmp/pretalx && /tmp/pretalx/bin/pip install pretalx==2025.2.2
    /tmp/pretalx/bin/pip install --no-deps pretalx-downstream==1.5.0
    /tmp/pretalx/bin/python tests/judges/downstream.py site/fests/lisbon-2027/schedule.xml
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from xml.etree import ElementTree as ET

os.environ["PRETALX_DATA_DIR"] = mkdtemp(prefix="pretalx-")
os.environ["PRETALX_NO_INITIAL_LOG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "pretalx.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings
from django_scopes import scope, scopes_disabled  # noqa: E402
from pretalx.event.models import Event, Organiser  # noqa: E402
from pretalx_downstream.tasks import process_frab  # noqa: E402

root = ET.fromstring(Path(sys.argv[1]).read_bytes())
call_command("migrate", verbosity=0)
with scopes_disabled():
    event = Event.objects.create(
        organiser=Organiser.objects.create(name="Fest", slug="fest"),
        name="Fest",
        slug="fest",
        email="fest@fest.example",
        date_from=date(2027, 1, 1),
        date_to=date(2027, 12, 31),
        timezone=root.findtext("conference/time_zone_name"),
        locale="en",
        locale_array="en",
    )
with scope(event=event):
    _, schedule = process_frab(root, event, release_new_version=True)
    changes, _ = process_frab(root, event, release_new_version=False)
    found = {
        "version": schedule.version,
        "days": [str(event.date_from), str(event.date_to)],
        "changes at the second reading": changes,
        "sessions": [
            {
                "title": str(slot.submission.title),
                "start": slot.local_start.isoformat(),
                "end": slot.local_end.isoformat(),
                "room": str(slot.room.name),
                "track": str(slot.submission.track.name) if slot.submission.track else "",
                "type": str(slot.submission.submission_type.name),
                "speakers": sorted(each.name for each in slot.submission.speakers.all()),
                "abstract": slot.submission.abstract or "",
                "description": slot.submission.description or "",
            }
            for slot in schedule.talks.order_by("start", "room__name")
        ],
    }
print(json.dumps(found, ensure_ascii=False, indent=2))  # noqa: T201 - which is what it is for
