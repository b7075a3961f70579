"""Pages of the import: bring, look, correct, accept or discard."""
