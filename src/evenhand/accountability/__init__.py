"""The rules of the record: who may, what may follow what, and the ledger nobody can rewrite."""
