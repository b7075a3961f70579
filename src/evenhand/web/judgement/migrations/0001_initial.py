"""The tables of judgement."""

# ruff: noqa: RUF012 - written by makemigrations

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Criteria, claims, panels, sittings, verdicts, outside views and public twins."""

    initial = True

    dependencies = [
        ("accounts", "0002_append_only"),
        ("ledger", "0002_append_only"),
        ("register", "0004_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("level", models.CharField(max_length=40)),
                ("level_words", models.CharField(max_length=120)),
                ("closes", models.BooleanField()),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "embedding",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing shown yet"),
                            ("policy", "Policy: it is written down"),
                            ("trained", "Trained: people have been taught it"),
                            ("practised", "Practised: people do it"),
                            ("effect_seen", "Effect seen: the agreed measure is met"),
                            ("sustained", "Sustained: met for the whole agreed period"),
                        ],
                        max_length=12,
                    ),
                ),
                ("as_at", models.DateField()),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="register.recommendation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CriterionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("indicator", "An indicator measured here"),
                            ("external", "A figure from outside, recorded by hand with its source"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("source", models.CharField(blank=True, max_length=500)),
                ("indicator", models.CharField(blank=True, max_length=120)),
                ("unit", models.CharField(blank=True, max_length=120)),
                ("characteristic", models.CharField(blank=True, max_length=60)),
                ("group", models.CharField(blank=True, db_column="in_group", max_length=120)),
                ("comparator", models.CharField(blank=True, max_length=120)),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("at_least", "at_least"),
                            ("at_most", "at_most"),
                            ("between", "between"),
                        ],
                        max_length=10,
                    ),
                ),
                ("low", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("high", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                (
                    "comparison",
                    models.CharField(
                        choices=[("point", "point"), ("interval", "interval")], max_length=10
                    ),
                ),
                (
                    "distance",
                    models.CharField(
                        choices=[("ratio", "ratio"), ("difference", "difference")], max_length=10
                    ),
                ),
                ("margin", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("sustain_months", models.PositiveSmallIntegerField()),
                ("measured_in", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField()),
                ("proposed_by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="register.recommendation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CriterionStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("half_agreed", "Agreed by one side"),
                            ("agreed", "Agreed"),
                            ("frozen", "Frozen"),
                            ("replaced", "Replaced"),
                        ],
                        max_length=20,
                    ),
                ),
                ("for_owner", models.CharField(blank=True, max_length=200)),
                ("for_secretariat", models.CharField(blank=True, max_length=200)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="judgement.criterionrow",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("value", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("low", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("high", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("detectable", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("count", models.BigIntegerField(null=True)),
                ("of", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("absent", models.CharField(blank=True, max_length=120)),
                ("source", models.CharField(max_length=500)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=200)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="judgement.criterionrow",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("nature", models.TextField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="accounts.party",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="register.recommendation",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutsideView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                (
                    "speaker",
                    models.CharField(
                        choices=[
                            ("inspectorate", "An inspectorate"),
                            ("community", "A community body"),
                            ("family", "A family"),
                            ("association", "A staff association"),
                            ("member", "A member of the oversight body"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("agrees", "It is done and works"),
                            ("partly", "In part"),
                            ("disagrees", "It is not done, or does not work"),
                            ("no_view", "Says something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_on", models.DateField()),
                ("text", models.TextField()),
                ("source", models.CharField(blank=True, max_length=500)),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_views",
                        to="register.recommendation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("title", models.CharField(max_length=200)),
                ("purpose", models.TextField(blank=True)),
                ("quorum", models.PositiveSmallIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PinnedVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("evidence", models.CharField(max_length=200)),
                ("number", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pinned",
                        to="judgement.claim",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("evidence", models.CharField(max_length=200)),
                ("number", models.PositiveSmallIntegerField()),
                ("filename", models.CharField(max_length=255)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("left_out", models.TextField()),
                ("made_by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RedactionStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Prepared"),
                            ("passed", "Passed"),
                            ("sent_back", "Sent back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reviewed_by", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "redaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="judgement.redaction",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="accounts.party",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats_for",
                        to="accounts.party",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="judgement.panel",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("room", "In a room, on one day"),
                            ("correspondence", "By correspondence, between two days"),
                        ],
                        max_length=16,
                    ),
                ),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("quorum", models.PositiveSmallIntegerField()),
                ("bundle", models.TextField()),
                ("bundle_sha256", models.CharField(max_length=64)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="judgement.claim",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="judgement.criterionrow",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="judgement.panel",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="register.recommendation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("uphold", "Uphold the claim"),
                            ("reject", "Do not uphold it"),
                            ("abstain", "Abstain"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "embedding",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing shown yet"),
                            ("policy", "Policy: it is written down"),
                            ("trained", "Trained: people have been taught it"),
                            ("practised", "Practised: people do it"),
                            ("effect_seen", "Effect seen: the agreed measure is met"),
                            ("sustained", "Sustained: met for the whole agreed period"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="accounts.party",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="judgement.sitting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SittingStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("decided", "Decided"),
                            ("abandoned", "Abandoned"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="judgement.sitting",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("upheld", models.BooleanField()),
                ("closes", models.BooleanField()),
                (
                    "embedding",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing shown yet"),
                            ("policy", "Policy: it is written down"),
                            ("trained", "Trained: people have been taught it"),
                            ("practised", "Practised: people do it"),
                            ("effect_seen", "Effect seen: the agreed measure is met"),
                            ("sustained", "Sustained: met for the whole agreed period"),
                        ],
                        max_length=12,
                    ),
                ),
                ("votes_for", models.PositiveSmallIntegerField()),
                ("votes_against", models.PositiveSmallIntegerField()),
                ("abstained", models.PositiveSmallIntegerField()),
                ("quorum", models.PositiveSmallIntegerField()),
                ("bundle_sha256", models.CharField(max_length=64)),
                ("decided_on", models.DateField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="register.recommendation",
                    ),
                ),
                (
                    "sitting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdict",
                        to="judgement.sitting",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("seen", models.TextField()),
                ("figure", models.TextField()),
                ("by", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looked_at",
                        to="judgement.verdict",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VerdictStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stands", "Stands"),
                            ("lapsed", "Lapsed"),
                            ("reopened", "Reopened"),
                            ("replaced", "Replaced"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("measure_worse", "The measure worsened beyond its interval"),
                            ("evidence_stale", "Its evidence is out of date"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("recheck_on", models.DateField(null=True)),
                ("rechecks", models.PositiveSmallIntegerField(default=0)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="judgement.verdict",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("before_panel", "Before the panel"),
                            ("upheld", "Upheld"),
                            ("not_upheld", "Not upheld"),
                            ("withdrawn", "Withdrawn"),
                            ("replaced", "Replaced"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="judgement.claim",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.event",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("claim",),
                        name="judgement_one_claim_standing",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="criterionrow",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "version"), name="judgement_criterion_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterionstanding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("criterion",),
                name="judgement_one_criterion_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["criterion", "ends"], name="judgement_figure_latest"),
        ),
        migrations.AddIndex(
            model_name="interest",
            index=models.Index(
                fields=["recommendation", "member"], name="judgement_interest_found"
            ),
        ),
        migrations.AddConstraint(
            model_name="pinnedversion",
            constraint=models.UniqueConstraint(
                fields=("claim", "evidence"), name="judgement_evidence_pinned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="redactionstanding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("redaction",),
                name="judgement_one_redaction_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("panel", "member"),
                name="judgement_one_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="judgement_sitting_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("quorum__gte", 1)), name="judgement_sitting_quorum"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                fields=("sitting", "member"), name="judgement_vote_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sittingstanding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("sitting",),
                name="judgement_one_sitting_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdictstanding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("verdict",),
                name="judgement_one_verdict_standing",
            ),
        ),
    ]
