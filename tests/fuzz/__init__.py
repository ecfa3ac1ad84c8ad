"""Fuzzing: any bytes at all, where users' files come in. `python -m tests.fuzz --help`."""
