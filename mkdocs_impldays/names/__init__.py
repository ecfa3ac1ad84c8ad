"""All that pages and templates may use: names, macros, tags and filters."""
