"""Routes over the record itself: the ledger's head, checkpoints and proofs, and public acts."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path, Router

from evenhand.accountability.ledger.canonical import LARGEST_INTEGER
from evenhand.accountability.permissions import may_enter, may_export_ledger
from evenhand.web.api import schemas
from evenhand.web.api.access import reads
from evenhand.web.api.answers import answers
from evenhand.web.ledger.queries import get_head, list_checkpoints, prove_event
from evenhand.web.releases.queries.frozen import list_releases

router = Router(tags=["record"])


@router.get(
    "/ledger/head",
    auth=reads(may_enter),
    response=answers(schemas.HeadOut),
    url_name="ledger-head",
)
def head(request: Any) -> Any:  # noqa: ARG001
    """How many events there are, and the root over them. Keep it, and check later."""
    now = get_head()
    return {"size": now.size, "root": now.root.hex(), "at": now.at}


@router.get(
    "/ledger/checkpoints",
    auth=reads(may_enter),
    response=answers(list[str]),
    url_name="ledger-checkpoints",
)
def checkpoints(request: Any) -> Any:  # noqa: ARG001
    """The signed checkpoints, oldest first."""
    return [signed.render() for signed in list_checkpoints()]


@router.get(
    "/ledger/proofs/{sequence}",
    auth=reads(may_export_ledger),
    response=answers(schemas.ProofOut),
    url_name="ledger-proof",
)
def proof(
    request: Any,  # noqa: ARG001
    sequence: Annotated[int, Path(ge=0, le=LARGEST_INTEGER)],
) -> Any:
    """The proof that one event is under the present root."""
    found, now = prove_event(sequence), get_head()
    return {
        "sequence": found.index,
        "size": found.size,
        "root": now.root.hex(),
        "path": [each.hex() for each in found.path],
    }


@router.get(
    "/releases",
    auth=reads(may_enter),
    response=answers(list[schemas.ActOut]),
    url_name="releases",
)
def releases(request: Any) -> Any:  # noqa: ARG001
    """Every act on the public side, the latest first. What it let out is under ``/public/``."""
    return list_releases()
