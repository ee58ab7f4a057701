"""Commands for whoever keeps the place: serve, work, back up, restore, verify, and the demo."""
