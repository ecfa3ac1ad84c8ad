"""Import a Jekyll site, like those of RustFest, as a fest file and pages.

What cannot be imported becomes a comment in its page, and is reported with its line.
"""
