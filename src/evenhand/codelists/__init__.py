"""Classifications in their editions, every spelling of them, and what maps to what."""

from evenhand.codelists.areas import (
    LocalAuthority,
    find_local_authority,
    get_local_authority,
    is_name_of,
    list_local_authorities,
    list_services_with_residents,
)
from evenhand.codelists.codelist import Code, Codelist, Kind
from evenhand.codelists.editions import find_edition, list_editions
from evenhand.codelists.mapping import (
    CommonGroup,
    Mapping,
    get_common_groups,
    get_mapping,
    list_mappings,
)
from evenhand.codelists.tables import get_codelist, list_codelists

__all__ = [
    "Code",
    "Codelist",
    "CommonGroup",
    "Kind",
    "LocalAuthority",
    "Mapping",
    "find_edition",
    "find_local_authority",
    "get_codelist",
    "get_common_groups",
    "get_local_authority",
    "get_mapping",
    "is_name_of",
    "list_codelists",
    "list_editions",
    "list_local_authorities",
    "list_mappings",
    "list_services_with_residents",
]
