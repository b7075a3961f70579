"""Delimited text as it really comes: its encoding, delimiter, header and broken lines."""

from evenhand.datasets.delimited.chunks import Chunk, read_chunks
from evenhand.datasets.delimited.dialect import Heading, read_heading
from evenhand.datasets.delimited.parse import Parsed, parse_chunk, parse_chunks

__all__ = [
    "Chunk",
    "Heading",
    "Parsed",
    "parse_chunk",
    "parse_chunks",
    "read_chunks",
    "read_heading",
]
