"""evenhand: what a police service was told, whether treatment is even, and what is done."""

__version__ = "0.1.0"
