"""Tables of reconciliation, step by step."""
