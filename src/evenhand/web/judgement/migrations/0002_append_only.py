"""What is judged can be neither changed nor deleted, and nothing closes without a verdict."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly
from evenhand.web.foundation.guard import Guard

CLOSED_WITHOUT = """NEW.state = 'closed' AND NOT EXISTS (
    SELECT 1 FROM judgement_verdict v
    WHERE v.recommendation_id = NEW.recommendation_id AND v.event_id = NEW.event_id
    AND v.upheld AND v.closes)"""

NOT_QUORATE = """NEW.quorum < (
    SELECT s.quorum FROM judgement_sitting s WHERE s.id = NEW.sitting_id)
OR (SELECT COUNT(*) FROM judgement_ballot b WHERE b.sitting_id = NEW.sitting_id) < NEW.quorum"""

MISCOUNTED = """NEW.votes_for <> (
    SELECT COUNT(*) FROM judgement_ballot b
    WHERE b.sitting_id = NEW.sitting_id AND b.voice = 'uphold')
OR NEW.votes_against <> (
    SELECT COUNT(*) FROM judgement_ballot b
    WHERE b.sitting_id = NEW.sitting_id AND b.voice = 'reject')
OR (NEW.upheld AND NEW.votes_for <= NEW.votes_against)
OR (NEW.closes AND NOT NEW.upheld)"""

ANOTHER_BUNDLE = """NOT EXISTS (
    SELECT 1 FROM judgement_sitting s
    WHERE s.id = NEW.sitting_id AND s.bundle_sha256 = NEW.bundle_sha256
    AND s.recommendation_id = NEW.recommendation_id)"""

NOT_SEATED = """NOT EXISTS (
    SELECT 1 FROM judgement_sitting s
    JOIN judgement_seat e ON e.panel_id = s.panel_id
    WHERE s.id = NEW.sitting_id AND e.member_id = NEW.member_id AND e.superseded_at IS NULL)"""

AFTER_THE_END = """EXISTS (
    SELECT 1 FROM judgement_sittingstanding t
    WHERE t.sitting_id = NEW.sitting_id AND t.superseded_at IS NULL AND t.state <> 'open')"""


class Migration(migrations.Migration):
    """Triggers on every table that holds the record, and on what could close an item."""

    dependencies = (
        ("judgement", "0001_initial"),
        ("register", "0004_append_only"),
    )

    operations = (
        AppendOnly("judgement_criterionrow", erasable=("reason",)),
        AppendOnly("judgement_figure"),
        AppendOnly("judgement_claim", erasable=("reason",)),
        AppendOnly("judgement_pinnedversion"),
        AppendOnly("judgement_panel"),
        AppendOnly("judgement_sitting"),
        AppendOnly("judgement_ballot", erasable=("reason",)),
        AppendOnly("judgement_verdict"),
        AppendOnly("judgement_recheck", erasable=("seen",)),
        AppendOnly("judgement_outsideview", erasable=("name", "text", "source")),
        AppendOnly("judgement_redaction", erasable=("filename", "left_out")),
        AppendOnly("judgement_criterionstanding", facts=True),
        AppendOnly("judgement_claimstanding", facts=True, erasable=("reason",)),
        AppendOnly("judgement_seat", facts=True),
        AppendOnly("judgement_interest", facts=True, erasable=("nature",)),
        AppendOnly("judgement_sittingstanding", facts=True, erasable=("reason",)),
        AppendOnly("judgement_verdictstanding", facts=True, erasable=("reason",)),
        AppendOnly("judgement_redactionstanding", facts=True, erasable=("reason",)),
        Guard(
            "register_workstate",
            "closed_by_verdict",
            when=CLOSED_WITHOUT,
            message="only the verdict of a quorate panel closes an item",
        ),
        Guard(
            "judgement_verdict",
            "is_quorate",
            when=NOT_QUORATE,
            message="a verdict needs a quorum of votes",
        ),
        Guard(
            "judgement_verdict",
            "is_counted",
            when=MISCOUNTED,
            message="a verdict is what the votes say",
        ),
        Guard(
            "judgement_verdict",
            "is_bound",
            when=ANOTHER_BUNDLE,
            message="a verdict is bound to what the sitting was shown",
        ),
        Guard(
            "judgement_ballot",
            "is_seated",
            when=NOT_SEATED,
            message="only a member of the panel votes",
        ),
        Guard(
            "judgement_ballot",
            "is_in_time",
            when=AFTER_THE_END,
            message="the sitting has ended",
        ),
    )
