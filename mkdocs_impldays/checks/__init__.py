"""Checks of pages: text that contradicts or repeats the fest files, dead links, leftovers."""
