"""Dates, times and the plugin's phrases in each language."""
