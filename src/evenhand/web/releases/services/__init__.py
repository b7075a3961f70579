"""Commands over releases: :mod:`.proposals` before anything is public, :mod:`.publishing` after."""

from evenhand.web.releases.services.proposals import (
    decline_release,
    propose_release,
    take_back_release,
)
from evenhand.web.releases.services.publishing import approve_release, withdraw_release

__all__ = [
    "approve_release",
    "decline_release",
    "propose_release",
    "take_back_release",
    "withdraw_release",
]
