"""Pages of the loads."""
