"""Sites that use other plugins too: one file for each plugin."""
