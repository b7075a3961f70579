"""Views: :mod:`.public` for everybody, the others for those who propose and decide."""
