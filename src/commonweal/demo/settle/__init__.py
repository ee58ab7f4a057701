"""Putting the invention into the hall, in bulk and with every rule the hall's own writes keep."""
