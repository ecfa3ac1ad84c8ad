"""Sites made with Jekyll, as RustFests had them, read into a fest file and pages.

What has no counterpart stays in the page, inside of a comment, and is reported with its line.
"""
