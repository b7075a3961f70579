"""What was measured, kept so that it can be shown, reviewed, withdrawn and judged by."""
