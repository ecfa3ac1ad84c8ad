"""A fest: its file, its models, and what is true of it at a moment."""
