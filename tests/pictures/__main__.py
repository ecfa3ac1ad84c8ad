"""Draws and takes all pictures of the manual and README again: `python -m tests.pictures`."""

from tests.pictures import editors, motifs, preview, screens, terminal

editors.FILE.write_text(editors.picture(), "utf-8")
motifs.FILE.write_text(motifs.picture(), "utf-8")
terminal.FILE.write_text(terminal.picture(), "utf-8")
preview.TIMEBAR.write_text(preview.timebar_picture(), "utf-8")
preview.PROBLEMS.write_text(preview.problems_picture(), "utf-8")
screens.take()
