"""Meetings of the body: what members ask for, papers made from the register, what was decided."""
