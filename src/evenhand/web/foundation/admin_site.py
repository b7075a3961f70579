"""Django's admin as a window: administrators may look at every table, and change nothing.

A change made here would bypass the rules and the ledger, so adding, changing and deleting do not
exist, for anybody. Accounts and roles are managed on pages of their own, through commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from evenhand.accountability.permissions import may_administer
from evenhand.web.accounts.queries import get_actor

OURS = (
    "accounts",
    "judgement",
    "ledger",
    "meetings",
    "register",
    "releases",
    "search",
    "work",
)
HIDDEN = frozenset(
    {
        "openingrow",  # salts and sealed words: shown only where they belong
        "passage",  # the words of evidence among others
        "ballot",  # votes are for nobody to see before the verdict states them
        "evidence",
        "evidenceversion",
        "evidencestanding",
        "evidenceuse",  # an administrator is not cleared for evidence
    }
)


class ReadOnlySite(AdminSite):
    """The site, open to administrators by our own rule and not by Django's flags."""

    site_header = site_title = "Evenhand tables (read-only)"
    index_title = "Look; change through the register’s own pages"

    def has_permission(self, request: HttpRequest) -> bool:
        """Only administrators of today."""
        return bool(may_administer(get_actor(request.user, at=timezone.now())))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """There is one way to sign in."""
        return redirect("accounts:sign-in")


if TYPE_CHECKING:
    Table = ModelAdmin[Any]  # generic for the type checker, not when it runs
else:
    Table = ModelAdmin


class ReadOnlyTable(Table):
    """A table to look at."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody changes here."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody deletes here."""
        return False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Who may enter the site may look."""
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same for the list of tables."""
        return self.admin_site.has_permission(request)


site = ReadOnlySite(name="admin")


def register_tables() -> None:
    """Every table of ours, once all apps are loaded."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.model_name not in HIDDEN and not site.is_registered(model):
                columns = [field.name for field in model._meta.fields if field.name != "password"]
                kind = type(f"{model.__name__}Table", (ReadOnlyTable,), {"fields": columns})
                site.register(model, kind)
