"""The words for the classes of evidence."""

from __future__ import annotations

from django.db import migrations, models

from evenhand.web.work.choices import EvidenceClass


class Migration(migrations.Migration):
    """What a page calls each class; the values are as before."""

    dependencies = (("work", "0004_erasable"),)

    operations = (
        migrations.AlterField(
            "evidenceversion",
            "classification",
            models.CharField(choices=EvidenceClass.choices, max_length=12),
        ),
    )
