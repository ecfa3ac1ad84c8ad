"""Pages: front matter, variables and tags, links, and what is shown for a time."""
