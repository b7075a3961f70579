"""Views: parse, ask or command, render; nothing else."""
