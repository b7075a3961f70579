"""Routes by subject. Each asks the same queries, commands and rules as the pages."""
