"""Who a person of the register is in the files about people, where they lead others there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import Fact, only_one_stands


class PersonKey(Fact):
    """The pseudonym of a person in the service's files: how they find those they lead."""

    erasable: ClassVar[tuple[str, ...]] = ("key",)
    carried_by: ClassVar[tuple[str, ...]] = ()

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="keys")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = (only_one_stands("person", name="measures_one_key_a_person"),)
