"""The monthly monitoring mechanism: one run from files to a published site."""
