"""Questions: :mod:`.proposals` for those who decide, :mod:`.frozen` for everybody."""
