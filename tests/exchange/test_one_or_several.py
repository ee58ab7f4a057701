"""One cell may name several people; each becomes a nomination where that can be told, and else somebody is asked."""

import re

import pytest

from commonweal.exchange.rules.several_names import names_in
from commonweal.people.models import Nomination
from tests.exchange.bringing import as_csv, bring, looked, work_is_done
from tests.exchange.test_import_pages import said, shown
from tests.exchange.test_imports import once, signed_in
from tests.village import Village, person


def read(cell: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.apart, one.likely) for one in names_in(cell)]


@pytest.mark.parametrize("between", ["; ", " / ", "\n", "; \n", " and ", " y ", " & ", "|"])
def test_what_can_only_be_several_is_several(between: str) -> None:
    found = [name for one in names_in(f"Rosa Diaz{between}Tomás Ibarra") for name in one.apart]
    assert found == ["Rosa Diaz", "Tomás Ibarra"]
    assert all(one.likely == "apart!" for one in names_in(f"Rosa Diaz{between}Tomás Ibarra") if len(one.apart) > 1)


@pytest.mark.parametrize(
    ("cell", "likely"),
    [
        ("Rosa Diaz, Tomás Ibarra", "apart"), ("GARCIA LOPEZ, MARIA JOSE", "whole"), ("De la Cruz, Ana Maria", "whole"),
        ("Mary Smith, John Brown", ""), ("José Ortega y Gasset", ""), ("MARIA Y SOTO", ""), ("Ana y Luis", "apart"),
        ("Rosa Diaz, Ana Soto, Tomás Ibarra", "apart!"), ("E0017, E0018", "apart!"),
    ],
)  # fmt: skip
def test_words_of_a_cell_look_like_several_like_one_or_like_either(cell: str, likely: str) -> None:
    ((apart, found),) = read(cell)
    assert found == likely and len(apart) > 1


@pytest.mark.parametrize(
    "cell",
    ["Diaz, Rosa", "Garcia Lopez, Maria", "O'Neill, Seán, Jr", "John E Smith", "Maria Y. Soto", "Diaz, Rosa (17)"],
)
def test_last_first_and_initials_stay_one_name(cell: str) -> None:
    assert [apart for apart, _ in read(cell)] == [(cell,)]


def test_a_cell_that_says_nobody_names_nobody() -> None:
    assert [read(cell) for cell in ("n/a", "nobody", "Nadie", "", " ; ")] == [[]] * 5


@pytest.mark.django_db
def test_who_is_known_decides_whether_a_comma_parts_two_people(village: Village) -> None:
    person("Maria Jose Lee Park", village.weaving)
    sheet = as_csv(
        ("Who said it", "Whom do you go to for advice?"),
        ("Cleo Ruiz", "Bo Adeyemi, Finn Novak"),
        ("Finn Novak", "Lee Park, Maria Jose"),
        ("Bo Adeyemi", "Cleo Ruiz; Finn Novak"),
    )
    batch = looked(village.ana, sheet)
    assert batch.found["verdicts"] == {"new": 3}
    page = said(shown(signed_in(village.ana), batch))
    assert "Cleo Ruiz → Bo Adeyemi, Finn Novak" in page
    bring(batch, village.ana)
    assert sorted(Nomination.objects.values_list("nominator__name", "nominee__name")) == [
        ("Bo Adeyemi", "Cleo Ruiz"), ("Bo Adeyemi", "Finn Novak"), ("Cleo Ruiz", "Bo Adeyemi"),
        ("Cleo Ruiz", "Finn Novak"), ("Finn Novak", "Maria Jose Lee Park"),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "named"), [("apart", ["John Brown", "Mary Smith"]), ("whole", ["John Brown Mary Smith"]), ("skip", [])]
)
def test_where_nothing_tells_the_page_asks_whether_it_is_one_or_several(
    village: Village, answer: str, named: list[str]
) -> None:
    sheet = as_csv(("Who said it", "Whom do you go to for advice?"), ("Cleo Ruiz", "Mary Smith, John Brown"))
    batch, client = looked(village.root, sheet, strangers="add"), signed_in(village.root)
    assert batch.found["verdicts"] == {"unclear": 1}
    page = shown(client, batch, "unclear")
    assert "This may be one person or several." in page
    assert "Several people: Mary Smith · John Brown" in said(page) and "One person: John Brown Mary Smith" in said(page)
    (key,) = dict.fromkeys(re.findall(r'name="(who:\w+)"', page))
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {key: answer, **once()})
    batch.refresh_from_db()
    assert batch.found["verdicts"] == ({"new": 1} if named else {"bad": 1})
    bring(batch, village.root)
    assert sorted(Nomination.objects.values_list("nominee__name", flat=True)) == named


@pytest.mark.django_db
def test_all_such_cells_can_be_answered_at_once(village: Village) -> None:
    rows = [("Cleo Ruiz", "Mary Smith, John Brown"), ("Bo Adeyemi", "Joan White, Paul Black")]
    batch = looked(village.root, as_csv(("Who said it", "Whom do you go to for advice?"), *rows), strangers="add")
    client = signed_in(village.root)
    assert "All are several people" in shown(client, batch, "unclear")
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {"reason": "several", "all": "apart", **once()})
    work_is_done()
    batch.refresh_from_db()
    assert batch.found["verdicts"] == {"new": 2}
    bring(batch, village.root)
    assert Nomination.objects.count() == 4
