"""Which records may be one person: names in every writing, rare and common ones, contacts, birthdays."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.resemblance import Code, Frequencies, Record, Sureness, compare, resembling_pairs
from commonweal.reckoning.resemblance.names import folded, full_forms, name_of, sound_of

GIVEN = ["Ana", "Luis", "María", "José", "Rosa", "Pedro", "Elena", "Tomás", "Inés", "Raúl"]
FAMILY = ["García", "López", "Quispe", "Mamani", "Nguyen", "Okafor", "Lindqvist", "Haddad", "Ferreira", "Novak"]
TOWN = [
    Record(number, (f"{GIVEN[number % 10]} {FAMILY[number // 10 % 10]} {FAMILY[(number * 7 + 3) % 10]}x{number % 37}",))
    for number in range(900)
]


def seen(a: Record, b: Record):
    """The two beside a town of nine hundred others."""
    return compare(a, b, Frequencies.among([*TOWN, a, b]))


def codes(pair) -> set[Code]:
    return {reason.code for reason in pair.reasons}


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("PÉREZ ZUMÁRRAGA, ITZIAR", "Itziar Perez Zumarraga", Code.SAME_NAME),
        ("Zumarraga Itziar", "Itziar Zumárraga", Code.SAME_NAME_OTHER_ORDER),
        ("Itziar Pérez Zumárraga", "Itziar Zumárraga", Code.NAME_SHARED_IN_PART),
        ("Itziar Zumárraga", "Itziar Zumaraga", Code.NAME_ALIKE),
        ("Guadalupe Zumárraga", "Lupe Zumárraga", Code.SHORT_FORM),
        ("Robert Zumárraga", "Bob Zumárraga", Code.SHORT_FORM),
        ("I. Zumárraga", "Itziar Zumárraga", Code.INITIAL),
        ("Itziar de la Zumárraga", "ITZIAR ZUMARRAGA", Code.SAME_NAME),
        ("O'Brannigan, Itziar", "Itziar O’Brannigan", Code.SAME_NAME),
    ],
)
def test_one_name_in_two_writings_is_recognized(one, other, code):
    phone = frozenset({"+34600111222"})
    pair = seen(Record("a", (one,), phones=phone), Record("b", (other,), phones=phone))
    assert code in codes(pair)
    assert pair.sureness in (Sureness.SURELY, Sureness.LIKELY)


def test_a_rare_name_says_more_than_a_common_one():
    rare = seen(Record("a", ("Itziar Zumárraga",)), Record("b", ("Itziar Zumárraga",)))
    common = seen(Record("a", ("Ana García",)), Record("b", ("Ana García",)))
    assert rare.weight > common.weight + 3
    assert rare.sureness is Sureness.SURELY
    assert common.sureness in (Sureness.PERHAPS, Sureness.NO)


def test_brothers_who_share_phone_surname_and_unit_are_kept_apart():
    home = {"phones": frozenset({"555"}), "units": frozenset({"weaving"})}
    pair = seen(Record("a", ("Luis Zumárraga Okafor",), **home), Record("b", ("Pedro Zumárraga Okafor",), **home))
    assert Code.OTHER_GIVEN_NAME in codes(pair)
    assert pair.sureness in (Sureness.NO, Sureness.PERHAPS)


def test_father_and_son_are_kept_apart():
    father, son = Record("a", ("Juan Zumárraga",)), Record("b", ("Juan Zumárraga Jr.",))
    assert Code.OTHER_GENERATION in codes(seen(father, son))
    assert seen(father, son).weight < seen(father, Record("c", ("Juan Zumárraga",))).weight


def test_another_birthday_speaks_against_and_a_slip_in_it_does_not():
    def born(day):
        return Record(str(day), ("Itziar Zumárraga",), born_on=day)

    same = seen(born(date(1980, 3, 4)), born(date(1980, 3, 4)))
    slip = seen(born(date(1980, 3, 4)), born(date(1980, 4, 3)))
    other = seen(born(date(1980, 3, 4)), born(date(1971, 12, 25)))
    assert same.weight > slip.weight > other.weight
    assert [Code.SAME_BIRTHDAY in codes(same), Code.BIRTHDAY_ALIKE in codes(slip)] == [True, True]
    assert other.sureness in (Sureness.PERHAPS, Sureness.NO)


def test_a_phone_shared_by_many_says_little():
    switchboard = [Record(f"s{n}", (f"Worker{n} Family{n}",), phones=frozenset({"100"})) for n in range(300)]
    a = Record("a", ("Ana García",), phones=frozenset({"100", "7"}))
    b = Record("b", ("Ana García",), phones=frozenset({"100", "7"}))
    frequencies = Frequencies.among([*TOWN, *switchboard, a, b])
    narrow = Record("b", b.names, phones=frozenset({"100"}))
    assert compare(a, b, frequencies).weight > compare(a, narrow, frequencies).weight + 3


def test_the_better_of_several_names_counts():
    pair = seen(Record("a", ("Nena", "Elena Zumárraga")), Record("b", ("ZUMARRAGA, ELENA",)))
    assert Code.SAME_NAME in codes(pair)


def test_records_without_a_name_are_compared_by_what_they_have():
    pair = seen(Record("a", (), emails=frozenset({"x@y"})), Record("b", ("Ana García",), emails=frozenset({"x@y"})))
    assert codes(pair) == {Code.SAME_EMAIL}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_a_name_and_the_order_of_the_two_changes_nothing(one, other):
    a, b = Record(1, (one,)), Record(2, (other,))
    frequencies = Frequencies.among([a, b])
    assert compare(a, b, frequencies).weight == pytest.approx(compare(b, a, frequencies).weight)


def muddled() -> list[Record]:
    """The town, with forty people entered a second time in another way."""
    again = []
    for record in TOWN[:400:10]:
        given, family, second = record.names[0].split()
        again.append(Record(("again", record.id), (f"{family.upper()} {second.upper()}, {given.upper()}",)))
    return [*TOWN, *again]


def test_the_search_finds_what_comparing_all_with_all_finds():
    records = muddled()
    frequencies = Frequencies.among(records)
    truth = {
        frozenset((a.id, b.id))
        for a, b in combinations(records[:150] + records[900:], 2)
        if compare(a, b, frequencies).sureness is not Sureness.NO
    }
    found = {frozenset((pair.first, pair.second)) for pair in resembling_pairs(records)}
    assert truth
    assert truth <= found


def test_everybody_entered_twice_is_found_and_stands_before_strangers():
    found = resembling_pairs(muddled())
    doubles = {frozenset((record.id, ("again", record.id))) for record in TOWN[:400:10]}
    assert doubles <= {frozenset((pair.first, pair.second)) for pair in found}
    assert [pair.weight for pair in found] == sorted((pair.weight for pair in found), reverse=True)


def test_only_pairs_with_the_new_records_are_given_on_demand():
    new = {("again", 0), ("again", 10)}
    pairs = resembling_pairs(muddled(), only=new)
    assert pairs
    assert all({pair.first, pair.second} & new for pair in pairs)


def test_the_search_can_be_stopped_and_says_how_far_it_is():
    shares = []
    found = resembling_pairs(muddled(), on_progress=lambda share: shares.append(share) or False)
    assert found == []
    assert shares == [0.0]


def test_few_or_no_records_are_no_fault():
    assert resembling_pairs([]) == []
    assert resembling_pairs([Record(1, ("Ana",))]) == []
    assert resembling_pairs([Record(1, ()), Record(2, ("",))]) == []


def test_hundreds_of_one_name_do_not_become_all_pairs_of_them():
    crowd = [Record(number, ("María García",), units=frozenset({number})) for number in range(3000)]
    seen_pairs = []
    resembling_pairs(crowd, on_progress=lambda share: seen_pairs.append(share) or True)
    assert len(seen_pairs) < 30


def test_a_name_is_taken_apart_as_people_write_it():
    assert name_of("GARCÍA LÓPEZ, MARÍA DEL CARMEN").words == ("maria", "carmen", "garcia", "lopez")
    assert name_of("Dr. Juan Núñez, Jr.").words == ("juan", "nunez")
    assert name_of("Dr. Juan Núñez, Jr.").generation == "jr"
    assert folded("  D’Ávila—Ñandú ") == "davila nandu"
    assert "francisco" in full_forms("paco")
    assert sound_of("gonzalez") == sound_of("gonsales")
    assert sound_of("vasquez") == sound_of("bazkes")
