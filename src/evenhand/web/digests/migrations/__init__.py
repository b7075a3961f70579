"""The table of digests, step by step."""
