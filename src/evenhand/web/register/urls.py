"""Addresses of the register itself: reports, and the commands over one recommendation."""

from __future__ import annotations

from django.urls import path

from evenhand.web.register.views import due_dates, duties, inquiries, items, publications

app_name = "register"
ITEM = "recommendations/<path:ref>/"
urlpatterns = [
    path("inquiries/", inquiries.show_all, name="inquiries"),
    path("inquiries/open/", inquiries.start, name="open-inquiry"),
    path("inquiries/<slug:ref>/", inquiries.show, name="inquiry"),
    path("reports/", publications.show_all, name="publications"),
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
