"""Pages, charts, tables and open data: draws only what is released."""
