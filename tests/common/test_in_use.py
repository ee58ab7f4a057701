"""Whoever uses the place is known to what would pull it away."""

import pytest

from commonweal.common.in_use import SERVING, WORKING, InUse, hold, users_of


def test_two_servers_may_share_a_place_and_are_both_seen_until_both_have_ended(tmp_path):
    first, second = hold(tmp_path, SERVING, alone=False), hold(tmp_path, SERVING, alone=False)
    assert users_of(tmp_path) == [SERVING]
    first.close()
    assert users_of(tmp_path) == [SERVING]
    second.close()
    assert users_of(tmp_path) == []


def test_one_who_must_be_alone_is_refused_beside_another(tmp_path):
    with hold(tmp_path, SERVING, alone=True), pytest.raises(InUse):
        hold(tmp_path, SERVING, alone=True)
    with hold(tmp_path, SERVING, alone=True):
        assert users_of(tmp_path) == [SERVING]


def test_a_worker_of_its_own_uses_the_place_too(tmp_path):
    with hold(tmp_path, WORKING, alone=False):
        assert users_of(tmp_path) == [WORKING]
        hold(tmp_path, SERVING, alone=True).close()


def test_to_ask_makes_no_folder(tmp_path):
    assert users_of(tmp_path / "nowhere") == []
    assert not (tmp_path / "nowhere").exists()
