"""Rows shared by the commands of judgement, and what the clock does: lapses by rule."""
