"""How days, moments and the plugin's own phrases read in each language."""
