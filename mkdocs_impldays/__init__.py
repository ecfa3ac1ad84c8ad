"""One fest file and a clock keep the web site of an event true: a MkDocs plugin."""
