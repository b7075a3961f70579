"""Judgement by others: criteria, claims, panels, sittings, verdicts, and what follows them."""
