"""A fest: how its file is read, what it holds, what is true of it at a moment."""
