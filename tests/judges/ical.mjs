// Reads iCalendar files with ical.js and prints, as JSON, what each holds and what is wrong with it.

import { readFileSync } from "node:fs"
import ICAL from "ical.js"

ICAL.design.strict = true
// ical.js 2.2 does not know RFC 7986: tell it that names are text, with its escapes.
for (const name of ["name", "x-wr-calname"]) {
  ICAL.design.icalendar.property[name] = ICAL.design.icalendar.property.summary
}

const ONCE = ["uid", "dtstamp", "dtstart", "summary", "status", "sequence"]

function time(property) {
  const value = property.getFirstValue()
  if (value.isDate) return { date: value.toString() }
  return { zone: value.zone.tzid, unix: value.toUnixTime() }
}

function event(component, faults) {
  const fault = (text) => faults.push(`${component.getFirstPropertyValue("uid")}: ${text}`)
  for (const name of ONCE) {
    const count = component.getAllProperties(name).length
    if (count !== 1) fault(`${count} × ${name}`)
  }
  if (component.hasProperty("duration")) fault("duration")
  if (component.getAllProperties("dtend").length > 1) fault("two ends")
  const [start, end] = ["dtstart", "dtend"].map((name) => component.getFirstProperty(name))
  if (!start) return {}
  // Without an end, an hour is a moment and a date a day (RFC 5545 §3.6.1); dates of ours have one.
  if (!end && start.getFirstValue().isDate) fault("a date without an end")
  if (end?.getFirstValue().compare(start.getFirstValue()) <= 0) fault("ends before it starts")
  for (const property of [start, end].filter(Boolean)) {
    const tzid = property.getParameter("tzid")
    if (tzid && !ICAL.TimezoneService.has(tzid)) fault(`no rules for ${tzid}`)
  }
  const value = (name) => component.getFirstPropertyValue(name)
  return {
    uid: value("uid"), summary: value("summary"), description: value("description"),
    location: value("location"), url: value("url"), status: value("status"),
    sequence: value("sequence"), geo: value("geo"), stamp: value("dtstamp").toUnixTime(),
    start: time(start), end: end ? time(end) : null,
    keys: component.getAllProperties().map((property) => property.name).sort(),
    parameters: component.getAllProperties().flatMap(
      (property) => Object.keys(property.jCal[1]).map((key) => `${property.name};${key}`)).sort(),
  }
}

function calendar(path) {
  const faults = []
  ICAL.TimezoneService.reset()
  try {
    const root = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")))
    for (const rules of root.getAllSubcomponents("vtimezone")) {
      ICAL.TimezoneService.register(new ICAL.Timezone(rules))
    }
    const value = (name) => root.getFirstPropertyValue(name)
    const events = root.getAllSubcomponents("vevent").map((inner) => event(inner, faults))
    const uids = new Set(events.map((each) => each.uid))
    if (uids.size !== events.length) faults.push("two events have one uid")
    return {
      faults, events, name: value("name"), label: value("x-wr-calname"), uid: value("uid"),
      method: value("method"), refresh: value("refresh-interval")?.toString() ?? null,
    }
  } catch (error) {
    return { faults: [String(error)], events: [] }
  }
}

console.log(JSON.stringify(process.argv.slice(2).map(calendar)))
