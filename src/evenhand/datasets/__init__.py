"""From files to a cube: contracts, readers, the quality report, quarantine, the lake."""
