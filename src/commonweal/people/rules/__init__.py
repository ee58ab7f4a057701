"""The hall's judgements on plain values; neither Django nor rows."""

from commonweal.people.rules.contacts import normal_email, normal_phone
from commonweal.people.rules.names import folded, sort_name, sounds_like, split_name, words_in

__all__ = ["folded", "normal_email", "normal_phone", "sort_name", "sounds_like", "split_name", "words_in"]
