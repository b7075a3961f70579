"""Releases: two people let a frozen copy out, and the public side serves that copy alone."""
