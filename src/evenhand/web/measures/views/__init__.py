"""Pages of the measured figures."""
