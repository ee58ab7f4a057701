"""Keeping the words by which people are found in step with their names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from commonweal.people.models import Person, PersonName, SearchKey, SearchWord
from commonweal.people.rules import sounds_like, words_in

AT_ONCE = 2000  # people; keeps the lists in a statement short on both engines
MOST_WORDS = 10_000


def refresh(person_ids: Iterable[UUID]) -> None:
    """Makes the search words of these people those of their names now. People who are forgotten or
    merged into another record are no longer found. Call it in the transaction that changed a name."""
    ids = list(person_ids)
    for begin in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            _refresh_some(ids[begin : begin + AT_ONCE])


def add_newcomers(words: Mapping[UUID, Iterable[str]]) -> None:
    """Adds the search words of people who were added in this very transaction, and so have none yet:
    what `refresh` does, without asking the database for what the caller knows."""
    number = _numbers_of({word for some in words.values() for word in some})
    _add_keys((person, number[word]) for person, some in words.items() for word in some)


def forget_words(person_ids: Iterable[UUID]) -> None:
    """Removes the words of these people, and each word that nobody else has, from the database.

    The empty word is made anew, so that every process drops the words it remembers.
    """
    with transaction.atomic():
        keys = SearchKey.objects.filter(person__in=list(person_ids))
        words = set(keys.values_list("word", flat=True))
        keys.delete()
        others = set(SearchKey.objects.filter(word__in=words).values_list("word", flat=True))
        SearchWord.objects.filter(pk__in=words - others).delete()
        SearchWord.objects.filter(word="").delete()
        SearchWord.objects.create(word="", sounds="")


def drop_unused_words() -> None:
    """Removes every word that nobody has any more, as after a whole list was taken back."""
    with transaction.atomic():
        anybody = Exists(SearchKey.objects.filter(word=OuterRef("pk")))
        unused = list(SearchWord.objects.filter(~anybody).exclude(word="").values_list("pk", flat=True))
        for begin in range(0, len(unused), AT_ONCE):
            SearchWord.objects.filter(pk__in=unused[begin : begin + AT_ONCE]).delete()
        if unused:
            SearchWord.objects.filter(word="").delete()
            SearchWord.objects.create(word="", sounds="")


def _refresh_some(ids: Sequence[UUID]) -> None:
    wanted: dict[UUID, frozenset[str]] = {}
    others: dict[UUID, list[str]] = defaultdict(list)
    for person, name in PersonName.objects.filter(person__in=ids).values_list("person", "name"):
        others[person].append(name)
    found = Person.objects.filter(pk__in=ids, forgotten_at=None, merged_into=None)
    for person, *names in found.values_list("pk", "name", "given_name", "family_name"):
        wanted[person] = words_in(*names, *others[person])
    number = _numbers_of({word for words in wanted.values() for word in words})
    there = set(SearchKey.objects.filter(person__in=ids).values_list("person", "word"))
    should = {(person, number[word]) for person, words in wanted.items() for word in words}
    gone = there - should
    if gone:
        doomed = SearchKey.objects.filter(person__in={person for person, _ in gone}).values_list("pk", "person", "word")
        SearchKey.objects.filter(pk__in=[key for key, person, word in doomed if (person, word) in gone]).delete()
    _add_keys(should - there)


def _add_keys(keys: Iterable[tuple[UUID, int]]) -> None:
    """Adds many keys at a tenth of the cost of as many objects; those that another process added are left."""
    stored = SearchKey._meta.get_field("person").get_db_prep_value
    rows = sorted((stored(person, connection), word) for person, word in keys)
    if not rows:
        return
    table = connection.ops.quote_name(SearchKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (person_id, word_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
            rows,
        )


def _numbers_of(words: set[str]) -> dict[str, int]:
    """The row number of each word, made when it is new."""
    number: dict[str, int] = {}
    asked = sorted(words)
    for begin in range(0, len(asked), MOST_WORDS):
        some = asked[begin : begin + MOST_WORDS]
        number.update(SearchWord.objects.filter(word__in=some).values_list("word", "pk"))
    new = sorted(words - number.keys())
    if new:
        made = [SearchWord(word=word, sounds=sounds_like(word)) for word in new]
        SearchWord.objects.bulk_create(made, ignore_conflicts=True, batch_size=5000)
        for begin in range(0, len(new), MOST_WORDS):
            some = new[begin : begin + MOST_WORDS]
            number.update(SearchWord.objects.filter(word__in=some).values_list("word", "pk"))
    return number
