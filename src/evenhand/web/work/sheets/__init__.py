"""The register as a spreadsheet: written, read back, and compared with what stands."""
