"""Public twins of evidence as they were released: nothing rewrites them; erasure blanks them."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """A table of released files."""

    dependencies = (("ledger", "0002_append_only"), ("releases", "0003_erasable"))

    operations = (
        migrations.CreateModel(
            name="FrozenFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("address", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=240)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.TextField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="releases.frozenrelease",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["address", "name"], name="releases_file_of_address")
                ],
            },
        ),
        AppendOnly("releases_frozenfile", erasable=("content",)),
    )
