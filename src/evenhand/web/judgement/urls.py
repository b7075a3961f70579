"""Addresses of judgement. Those about a recommendation stand before the register's own."""

from __future__ import annotations

from django.urls import path

from evenhand.web.judgement.views import (
    claims,
    criteria,
    home,
    items,
    panels,
    sittings,
    twins,
    verdicts,
)

app_name = "judgement"
urlpatterns = [
    path("judgement/", home.show, name="home"),
    path("judgement/panels/", panels.show_all, name="panels"),
    path("judgement/panels/form/", panels.form, name="form-panel"),
    path("judgement/panels/<slug:key>/", panels.show, name="panel"),
    path("judgement/panels/<slug:key>/seat/", panels.seat, name="seat"),
    path("judgement/panels/<slug:key>/end/<slug:member>/", panels.end_seat, name="end-seat"),
    path("judgement/interests/<int:number>/end/", panels.end_interest, name="end-interest"),
    path("judgement/criteria/<slug:key>/agree/owner/", criteria.agree_owner, name="agree-owner"),
    path(
        "judgement/criteria/<slug:key>/agree/secretariat/",
        criteria.agree_secretariat,
        name="agree-secretariat",
    ),
    path("judgement/criteria/<slug:key>/figure/", criteria.record, name="record-figure"),
    path("judgement/claims/<slug:key>/convene/", claims.convene, name="convene"),
    path("judgement/claims/<slug:key>/withdraw/", claims.withdraw, name="withdraw-claim"),
    path("judgement/sittings/<slug:key>/", sittings.show, name="sitting"),
    path("judgement/sittings/<slug:key>/bundle/", sittings.bundle, name="bundle"),
    path("judgement/sittings/<slug:key>/bundle.json", sittings.bundle_file, name="bundle-file"),
    path("judgement/sittings/<slug:key>/vote/", sittings.vote, name="vote"),
    path("judgement/sittings/<slug:key>/interest/", sittings.declare, name="declare"),
    path("judgement/sittings/<slug:key>/conclude/", sittings.conclude, name="conclude"),
    path("judgement/sittings/<slug:key>/abandon/", sittings.abandon, name="abandon"),
    path("judgement/verdicts/<slug:key>/", verdicts.show, name="verdict"),
    path("judgement/verdicts/<slug:key>/recheck/", verdicts.recheck, name="recheck"),
    path("judgement/evidence/<slug:key>/twins/", twins.show, name="twins"),
    path("judgement/evidence/<slug:key>/twins/prepare/", twins.prepare, name="prepare-twin"),
    path("judgement/twins/<slug:key>/review/", twins.review, name="review-twin"),
    path("judgement/twins/<slug:key>/withdraw/", twins.withdraw, name="withdraw-twin"),
    path("judgement/twins/<slug:key>/file/", twins.download, name="twin-file"),
    path("recommendations/<path:ref>/judgement/", items.show, name="item"),
    path("recommendations/<path:ref>/criterion/", items.propose, name="propose"),
    path("recommendations/<path:ref>/claim/", items.claim, name="claim"),
    path("recommendations/<path:ref>/reopen/", items.reopen, name="reopen"),
    path("recommendations/<path:ref>/view/", items.give_view, name="give-view"),
]
