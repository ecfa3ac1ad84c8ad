"""Programmes made elsewhere: their formats, and the sessions that a fest takes from them."""
