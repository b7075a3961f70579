"""Tables of remnants, step by step."""
