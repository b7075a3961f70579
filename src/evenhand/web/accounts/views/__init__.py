"""Pages of who there is: sign-in, people, roles."""
