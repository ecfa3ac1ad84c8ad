"""What leaves a fest for other programs: calendars, structured data, pictures.

Every module turns a fest into bytes or text; none reads a clock or writes a file. `files`, `ics`
and `qr` load libraries that take a while: load them only when files are made.
"""
