"""Identifiers say nothing; those of rows made together lie together and are as hard to guess."""

from commonweal.common.ids import IdsTogether, new_id


def test_identifiers_made_together_begin_alike_and_are_random_besides() -> None:
    ids, others = IdsTogether(), IdsTogether()
    made = [ids.new() for _ in range(1000)]
    assert len(set(made)) == 1000 and {one.version for one in made} == {4}
    assert len({one.hex[:6] for one in made}) == 1
    assert {one.hex[:6] for one in made} != {others.new().hex[:6]}
    assert all(len({one.hex[place] for one in made}) > 3 for place in range(6, 32) if place != 12)
    assert new_id().version == 4
