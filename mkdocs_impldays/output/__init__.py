"""Files and data for other programs: calendars, structured data, pictures.

Every module returns bytes or text; none reads a clock or writes a file. `files` and `ics` import
libraries that are slow to load: import them only to make files.
"""
