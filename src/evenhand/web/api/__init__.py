"""The API: what a person may read and import, for a machine that acts by their token."""
