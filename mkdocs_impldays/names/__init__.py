"""The names that pages and templates can use: variables, macros and filters."""
