"""Full-text search over the register and the evidence, as of any date."""
