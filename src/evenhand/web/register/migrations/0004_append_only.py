"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record."""

    dependencies = (("register", "0003_more"),)

    operations = (
        AppendOnly("register_inquiry"),
        AppendOnly("register_scalerow"),
        AppendOnly("register_scalelevel"),
        AppendOnly("register_publication"),
        AppendOnly("register_recommendation"),
        AppendOnly("register_theme"),
        AppendOnly("register_link"),
        AppendOnly("register_policy"),
        AppendOnly("register_workingtitle", facts=True),
        AppendOnly("register_response", facts=True),
        AppendOnly("register_duty", facts=True),
        AppendOnly("register_duedate", facts=True),
        AppendOnly("register_workstate", facts=True),
        AppendOnly("register_reportedlevel", facts=True),
        AppendOnly("register_tagging", facts=True),
        AppendOnly("register_linkstanding", facts=True),
        AppendOnly("register_policycoverage", facts=True),
    )
