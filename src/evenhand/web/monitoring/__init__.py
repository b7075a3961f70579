"""The monitoring site inside the register: made for the demo, shown to whoever signed in."""
