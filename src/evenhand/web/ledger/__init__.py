"""The ledger in the database: every command writes one event here, in its own transaction."""
