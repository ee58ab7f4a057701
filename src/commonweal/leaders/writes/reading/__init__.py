"""Reading a campaign anew: from what was seen to candidates, the shortest list and the chains."""

from commonweal.leaders.writes.reading.computing import ask_to_read, compute, read_open_campaigns

__all__ = ["ask_to_read", "compute", "read_open_campaigns"]
