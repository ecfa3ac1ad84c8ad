"""What leaves a fest for other programs: calendars, structured data, pictures.

Every module turns a fest into bytes or text. None reads a clock or writes a file, and each imports
its library only when it is used: a build that needs no calendar does not wait for one.
"""
