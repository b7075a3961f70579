"""Definitions of what is measured, and the findings they give."""
