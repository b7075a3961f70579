"""Frozen copies in which words stand that the law had erased: found, told of, and put right."""
