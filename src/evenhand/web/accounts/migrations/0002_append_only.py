"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record."""

    dependencies = (("accounts", "0001_initial"),)

    operations = (
        AppendOnly("accounts_party", erasable=("name",)),
        AppendOnly("accounts_presence", facts=True),
        AppendOnly("accounts_membership", facts=True),
        AppendOnly("accounts_rolegrant", facts=True),
    )
