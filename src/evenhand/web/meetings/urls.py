"""Addresses of meetings, commissioned reports, papers and snapshots."""

from __future__ import annotations

from django.urls import path

from evenhand.web.meetings.views import (
    agenda,
    commissions,
    issuing,
    meetings,
    members,
    papers,
    reading,
    snapshots,
    template,
)

app_name = "meetings"
urlpatterns = [
    path("meetings/", meetings.index, name="index"),
    path("meetings/late/", members.late, name="late"),
    path("meetings/members/", members.mine, name="members"),
    path("meetings/plan/", meetings.plan, name="plan"),
    path("meetings/template/", template.send, name="template"),
    path("meetings/<slug:ref>/", meetings.show, name="show"),
    path("meetings/<slug:ref>/move/", meetings.move, name="move"),
    path("meetings/<slug:ref>/hold/", meetings.hold, name="hold"),
    path("meetings/<slug:ref>/agree/", meetings.agree, name="agree"),
    path("meetings/<slug:ref>/cancel/", meetings.cancel, name="cancel"),
    path("meetings/<slug:ref>/agenda/", agenda.add, name="add-item"),
    path("agenda/<slug:ref>/place/", agenda.place, name="place-item"),
    path("agenda/<slug:ref>/take-off/", agenda.take_off, name="take-off"),
    path("agenda/<slug:ref>/minute/", agenda.minute, name="minute"),
    path("agenda/<slug:ref>/ask/", agenda.ask, name="ask"),
    path("commissions/new/", commissions.make, name="commission"),
    path("commissions/<slug:ref>/", commissions.show, name="commission-show"),
    path("commissions/<slug:ref>/postpone/", commissions.postpone, name="postpone"),
    path("commissions/<slug:ref>/accept/", commissions.accept, name="accept"),
    path("commissions/<slug:ref>/send-back/", commissions.send_back, name="send-back"),
    path("commissions/<slug:ref>/withdraw/", commissions.withdraw, name="withdraw"),
    path("snapshots/", snapshots.show_all, name="snapshots"),
    path("snapshots/take/", snapshots.take, name="take-snapshot"),
    path("snapshots/<slug:ref>/", snapshots.show, name="snapshot"),
    path("snapshots/<slug:ref>/figures/<path:key>/", snapshots.figure, name="figure"),
    path("papers/new/", papers.begin, name="begin"),
    path("papers/<slug:ref>/", papers.show, name="paper"),
    path("papers/<slug:ref>/preview/", papers.preview, name="preview"),
    path("papers/<slug:ref>/sections/<slug:section>/", papers.edit, name="edit"),
    path("papers/<slug:ref>/issue/", issuing.issue, name="issue"),
    path("papers/<slug:ref>/correct/", issuing.correct, name="correct"),
    path("papers/<slug:ref>/abandon/", issuing.abandon, name="abandon"),
    path("papers/<slug:ref>/compare/", reading.compare, name="compare"),
    path("papers/<slug:ref>/<int:number>/", reading.version, name="version"),
    path("papers/<slug:ref>/<int:number>/paper.<str:kind>", reading.download, name="download"),
]
