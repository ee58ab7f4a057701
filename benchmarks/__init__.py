"""How fast and how right: each module is a command that prints a table with machine, data and command."""
