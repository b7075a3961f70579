"""Addresses of the register itself: reports, and the commands over one recommendation."""

from __future__ import annotations

from django.urls import path

from evenhand.web.register.views import (
    due_dates,
    duties,
    inquiries,
    items,
    links,
    overlaps,
    policies,
    publications,
    scales,
    themes,
)

app_name = "register"
ITEM = "recommendations/<path:ref>/"
urlpatterns = [
    path("inquiries/", inquiries.show_all, name="inquiries"),
    path("inquiries/open/", inquiries.start, name="open-inquiry"),
    path("inquiries/<slug:ref>/", inquiries.show, name="inquiry"),
    path("reports/", publications.show_all, name="publications"),
    path("scales/", scales.show_all, name="scales"),
    path("links/", links.show_all, name="links"),
    path("links/suggested/", overlaps.suggest, name="overlaps"),
    path("links/<slug:ref>/", links.show, name="link"),
    path("links/<slug:ref>/review/", links.review, name="review-link"),
    path("links/<slug:ref>/withdraw/", links.withdraw, name="withdraw-link"),
    path("themes/", themes.show_all, name="themes"),
    path("themes/add/", themes.add, name="add-theme"),
    path("themes/<slug:ref>/", themes.show, name="theme"),
    path("policies/", policies.show_all, name="policies"),
    path("policies/add/", policies.add, name="add-policy"),
    path("policies/uncovered/", policies.show_uncovered, name="uncovered"),
    path("policies/<slug:ref>/", policies.show, name="policy"),
    path(f"{ITEM}link/", overlaps.propose, name="propose-link"),
    path(f"{ITEM}theme/", themes.put, name="tag"),
    path(f"{ITEM}theme/take-out/", themes.take_out, name="untag"),
    path(f"{ITEM}policy/", policies.cover, name="cover"),
    path(f"{ITEM}policy/withdraw/", policies.uncover, name="uncover"),
    path(f"{ITEM}response/", items.respond, name="respond"),
    path(f"{ITEM}title/", items.name, name="retitle"),
    path(f"{ITEM}level/", items.level, name="report-level"),
    path(f"{ITEM}state/<slug:verb>/", items.move, name="move"),
    path(f"{ITEM}duty/", duties.assign, name="assign"),
    path(f"{ITEM}duty/end/", duties.end, name="end-duty"),
    path(f"{ITEM}due-date/set/", due_dates.set_first, name="set-due"),
    path(f"{ITEM}due-date/lift/", due_dates.lift, name="lift"),
    path(f"{ITEM}due-date/", due_dates.extend, name="extend"),
]
