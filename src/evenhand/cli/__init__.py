"""The commands: what a person types, and what a script reads back."""

from evenhand.cli.app import main

__all__ = ["main"]
