"""The same site under Zensical: a Markdown extension, and one build by `impldays build`."""
