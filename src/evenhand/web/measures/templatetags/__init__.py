"""Tags of the measures' pages."""
