"""Everything that the portal does, callable without the web: session first, one commit, last."""
