"""Templates for Zensical, which finds them as the theme `mkdocs_impldays`."""
