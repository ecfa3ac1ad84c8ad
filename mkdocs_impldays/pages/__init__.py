"""What becomes of a page: its front matter, its variables and tags, its links."""
