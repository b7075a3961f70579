"""Import a report: read, previewed with its doubts, corrected in place, accepted all or nothing."""
