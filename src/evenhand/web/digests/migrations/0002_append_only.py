"""That a digest was sent, and its words, can be neither changed nor deleted, only erased."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """A trigger on the table."""

    dependencies = (("digests", "0001_initial"),)

    operations = (AppendOnly("digests_digest", erasable=("body",)),)
