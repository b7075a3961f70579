"""What each person owes: a page of it, and one digest a week where there is something."""
