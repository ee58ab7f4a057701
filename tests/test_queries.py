"""Every page of every room asks a bounded number of queries, and no more of them when the place has twice as much.

MOST says for each page how many queries it may ask, whoever looks. A page that is not in it fails, as does one whose
number lies far above what it asks: a bound nobody can reach guards nothing.
"""

import re
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.lively_place import grow
from tests.test_routes import NOWHERE, WALKED, WORDS
from tests.village import Village

pytestmark = pytest.mark.django_db
SIFTED = {
    "people:people",
    "people:search",
    "people:pick",
    "leaders:put_on",
    "leaders:candidates",
}  # asked with a choice
FILLS = {"leaders:proposed": 4, "leaders:my_chain": 1}
"""So many queries for sections of a page that nobody stands in at first."""
COUNTED_LOOKS = '"commonweal_looking"'
"""The question how many people she has seen: one on every page that shows anybody, see tests/accounts/test_looking.py."""
ASKED_ONCE_A_SECOND = ('"commonweal_stancename"', '"strongest_is_one" AS')
"""What the place calls the steps of its scale, see common/scale.py."""
ROOM = 4  # by which a bound may lie above what is asked

MOST: dict[str, int] = {
    "accounts:account": 9,
    "accounts:accounts": 9,
    "accounts:by_code": 5,
    "accounts:by_mail": 5,
    "accounts:confirm": 6,
    "accounts:invite": 5,
    "accounts:ledger": 8,
    "accounts:looks": 6,
    "accounts:many": 5,
    "accounts:passphrase": 5,
    "accounts:recovery_codes": 7,
    "accounts:second_factors": 10,
    "accounts:you": 9,
    "common:status": 8,
    "exchange:export": 10,
    "exchange:exports": 8,
    "exchange:import": 7,
    "exchange:imports": 7,
    "exchange:trace": 3,
    "exchange:undo": 66,
    "exchange:wall_chart_paper": 20,
    "journeys:close_test": 19,
    "journeys:signatures": 16,
    "journeys:work_the_holes": 31,
    "leaders:alone": 19,
    "leaders:alone_in": 14,
    "leaders:begin_campaign": 6,
    "leaders:board": 53,
    "leaders:board_of": 53,
    "leaders:board_print": 50,
    "leaders:candidates": 17,
    "leaders:chain": 30,
    "leaders:chains": 18,
    "leaders:contested": 21,
    "leaders:known": 27,
    "leaders:listed": 18,
    "leaders:listed_one": 30,
    "leaders:move_follower": 26,
    "leaders:my_chain": 18,
    "leaders:print_sheet": 23,
    "leaders:proposals": 17,
    "leaders:proposed": 18,
    "leaders:put_on": 25,
    "leaders:sheets": 10,
    "leaders:ties_map": 14,
    "leaders:toss": 22,
    "leaders:tosses": 14,
    "leaders:wall_chart": 20,
    "listening:add_move": 6,
    "listening:calendar": 6,
    "listening:conversations_with": 9,
    "listening:institutions": 32,
    "listening:issues": 15,
    "listening:moves": 6,
    "listening:next": 33,
    "listening:not_now": 7,
    "listening:pick": 6,
    "listening:promises": 7,
    "listening:prompts": 6,
    "listening:talk": 39,
    "listening:today": 35,
    "listening:topics": 5,
    "people:add_affiliation": 8,
    "people:add_asked": 8,
    "people:add_asks_other": 8,
    "people:add_contact": 7,
    "people:add_did": 8,
    "people:add_institution": 5,
    "people:add_member": 8,
    "people:add_name": 6,
    "people:add_named_by": 7,
    "people:add_names_other": 7,
    "people:add_occasion": 7,
    "people:add_person": 9,
    "people:add_place": 9,
    "people:add_shift": 3,
    "people:add_tie": 7,
    "people:add_unit": 6,
    "people:add_units": 6,
    "people:affiliation": 7,
    "people:assess": 6,
    "people:campaign": 6,
    "people:campaigns": 7,
    "people:details": 6,
    "people:edit_institution": 7,
    "people:edit_unit": 8,
    "people:end_place": 7,
    "people:forget": 6,
    "people:history": 11,
    "people:home": 26,
    "people:institution": 12,
    "people:institutions": 8,
    "people:merged": 7,
    "people:more": 5,
    "people:move_place": 9,
    "people:note": 6,
    "people:occasions": 9,
    "people:organization": 4,
    "people:pair": 21,
    "people:people": 19,
    "people:person": 48,
    "people:pick": 6,
    "people:place": 8,
    "people:quick": 6,
    "people:resemblances": 12,
    "people:same_as": 7,
    "people:scale": 5,
    "people:search": 20,
    "people:shift": 4,
    "people:shifts": 6,
    "people:unit": 17,
    "people:units": 7,
    "structure_tests:add_rung": 8,
    "structure_tests:asks": 23,
    "structure_tests:debrief": 28,
    "structure_tests:edit_rung": 9,
    "structure_tests:file": 8,
    "structure_tests:forecast": 16,
    "structure_tests:grid": 21,
    "structure_tests:ladder": 9,
    "structure_tests:leaders_result": 27,
    "structure_tests:organizers_result": 20,
    "structure_tests:plan": 10,
    "structure_tests:predict": 19,
    "structure_tests:result": 53,
    "structure_tests:roll": 14,
    "structure_tests:test": 16,
    "structure_tests:tests": 17,
    "structure_tests:tests_of": 17,
    "structure_tests:type_sheet": 14,
}


def pages(village: Village, known: dict[str, UUID]) -> dict[tuple[str, str], list[str]]:
    """The queries of every page, by route and visitor; what is asked once a second or once in a process is left out."""
    asked: dict[tuple[str, str], list[str]] = {}
    visitors = (("root", village.root), ("ana", village.ana), ("bo", village.bo), ("cleo", village.cleo))
    for who, account in visitors:
        client = Client()
        client.force_login(account)
        for name, kinds in WALKED:
            address = reverse(name, kwargs=arguments(kinds, known))
            if name in SIFTED:
                address += f"?q=weaver&unit={known['unit']}"
            if who == "root":
                client.get(address)
            with CaptureQueriesContext(connection) as captured:
                answer: Any = client.get(address)
            if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
                asked[name, who] = [
                    one["sql"]
                    for one in captured.captured_queries
                    if "locked_at" not in one["sql"].partition("WHERE")[2]
                    and COUNTED_LOOKS not in one["sql"]
                    and not any(part in one["sql"] for part in ASKED_ONCE_A_SECOND)
                ]
    return asked


def arguments(kinds: list[tuple[str, str]], known: dict[str, UUID]) -> dict[str, Any]:
    """What stands for each parameter of a path: something that is there, or a word that fits."""
    words: dict[str, Any] = {"IntConverter": 1, "UUIDConverter": NOWHERE}
    return {name: known.get(name) or words.get(kind) or WORDS.get(name, "abcde") for name, kind in kinds}


def most_repeated(queries: list[str]) -> str:
    """The query that a page asks most often, without its values."""
    plain = Counter(re.sub(r"'[^']*'|\b\d+\b", "…", query) for query in queries)
    [(query, times)] = plain.most_common(1)
    return f"{times} times: {query[:400]}"


def test_no_page_asks_more_than_it_says_and_none_asks_more_when_all_is_doubled(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is written down after an answer has gone out makes nobody wait.
    monkeypatch.setattr("commonweal.accounts.views.looking.count_quietly", lambda *looks: None)
    known = grow(village, 1) | grow(village, 2)
    before = pages(village, known)
    grow(village, 3)
    grow(village, 4)
    after = pages(village, known)
    wrong = []
    for name in sorted({route for route, _ in before} | MOST.keys()):
        counts = {who: len(queries) for (route, who), queries in before.items() if route == name}
        if not counts:
            wrong.append(f"{name} is in MOST and was no page for anybody")
            continue
        who = max(counts, key=lambda one: counts[one])
        if name not in MOST:
            wrong.append(f"{name} asks {counts[who]} queries: say so in MOST")
        elif counts[who] > MOST[name]:
            wrong.append(
                f"{name} asks {who} {counts[who]} queries, not {MOST[name]}; {most_repeated(before[name, who])}"
            )
        elif counts[who] < MOST[name] - ROOM:
            wrong.append(f"{name} asks {counts[who]} queries; MOST says {MOST[name]}: lower it")
        for visitor, number in counts.items():
            grown = after.get((name, visitor), [])
            if len(grown) > number + FILLS.get(name, 0):
                wrong.append(
                    f"{name} asks {visitor} {number} queries, and {len(grown)} when all is doubled; {most_repeated(grown)}"
                )
    assert wrong == [], "\n".join(wrong)
