"""Tables of releases, step by step."""
