"""Reconciliation: another body’s ledger beside ours, each difference decided by a person."""
