"""Tables of tokens, step by step."""
