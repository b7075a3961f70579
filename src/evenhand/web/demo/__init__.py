"""A made-up register: synthetic, labelled as such on every page, played through the commands."""
