"""The API as one: its routes, its description, and the rule that each address states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI

from evenhand import __version__
from evenhand.web.api.answers import tell_errors
from evenhand.web.api.routes import importing, judgement, measures, meetings, record, register
from evenhand.web.foundation.pages import anybody

DESCRIPTION = """What a person may read and import on the register, for a machine that acts by their
token. A token gives nothing that its holder does not have. Lists can be asked as of a past day.
Released records need no token and are files under /public/."""

api = NinjaAPI(
    title="Evenhand register",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # a page of ours lists the routes; the usual one loads scripts from elsewhere
)
api.add_router("", register.router)
api.add_router("", judgement.router)
api.add_router("", meetings.router)
api.add_router("", measures.router)
api.add_router("", record.router)
api.add_router("", importing.router)
tell_errors(api)


def list_routes() -> Iterator[tuple[str, str, str, Any, str]]:
    """Every route: its name, method, path, door (a ``Bearer``), and what it answers."""
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                door = operation.auth_callbacks[0]
                yield (
                    operation.url_name,
                    operation.methods[0],
                    path,
                    door,
                    (operation.view_func.__doc__ or "").partition("\n")[0],
                )


def list_urls() -> tuple[list[Any], str, str]:
    """The addresses, each view marked with the rule of its door, as every view of ours is."""
    patterns, app, namespace = api.urls
    rules = {name: door.rule for name, _, _, door, _ in list_routes()}
    for pattern in patterns:
        view: Any = pattern.callback
        name = getattr(pattern, "name", "")
        view.entry_rule = rules.get(name, anybody)  # the root and the description are open
    return patterns, app, namespace
