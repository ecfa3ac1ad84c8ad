"""Programme files of pretalx, frab and Sessionize, and how a fest takes over their sessions."""
