"""What must be hidden so that nobody is identified, and the seal on what may be shown."""
