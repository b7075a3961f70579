"""The signals, as every page uses them."""

from evenhand.core.signal import Signal

__all__ = ["Signal"]
