"""Files of records: brought, checked, loaded, measured, and withdrawn when they were wrong."""
