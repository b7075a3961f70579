"""A version of a paper names the earlier snapshot that it is compared with."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """The column, and the triggers anew so that they guard it too."""

    dependencies = (("meetings", "0002_append_only"),)

    operations = (
        migrations.AddField(
            model_name="paperversion",
            name="before",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.snapshot",
            ),
        ),
        AppendOnly("meetings_paperversion", erasable=("changed", "why")),
    )
