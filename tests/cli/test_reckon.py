"""`commonweal reckon leaders`: files as people save them, answers as documented, bad files refused whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from commonweal.cli import main

TIES = "from,to,kind,weight\nbo,ana,friend,0.9\ncleo,ana,friend,0.5\ndov,bo,works with,0.4\neva,bo,friend,0.8\n"
PEOPLE = "id,name,unit,shift\n" + "".join(
    f"{who},{who.title()},{unit},{shift}\n"
    for who, unit, shift in (
        ("ana", "spinning", "day"),
        ("bo", "weaving", "day"),
        ("cleo", "spinning", "night"),
        ("dov", "weaving", "night"),
        ("eva", "weaving", "day"),
    )
)


@pytest.fixture
def files(tmp_path: Path):
    """Write a file of this name; gives its path as text."""

    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def reckon(capsys):
    """Run `commonweal reckon leaders` with these words; status, what was printed, what was said beside it."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(["reckon", "leaders", *words])
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def answer(reckon, *words: str) -> dict:
    status, out, _ = reckon(*words, "--json")
    assert status == 0
    return json.loads(out)


def test_the_object_is_as_documented(files, reckon):
    found = answer(reckon, "--ties", files("t.csv", TIES), "--people", files("p.csv", PEOPLE), "--cover", "1")
    assert {"candidates", "list", "coverage", "chains", "unreached"} <= set(found)
    assert sorted(found["list"]) == ["ana", "bo"]
    assert found["coverage"] == {
        "overall": 1.0,
        "units": {"spinning": 1.0, "weaving": 1.0},
        "shifts": {"day": 1.0, "night": 1.0},
    }
    assert found["chains"] == {"cleo": "ana", "dov": "bo", "eva": "bo"}
    assert found["unreached"] == []
    assert all(set(one) == {"id", "rank", "evidence", "pull", "says"} for one in found["candidates"])
    assert [(one["id"], one["rank"], one["pull"]) for one in found["candidates"][:2]] == [
        ("bo", 1, None),
        ("ana", 2, None),
    ]


def asks(tests: int, people: int = 40) -> str:
    """Ana brings nearly everybody she asks, Bo nobody; the rest decide alone, half of them coming."""
    rows = ["test,asker,asked,outcome"]
    for test in range(tests):
        for person in range(people):
            asker = ("ana", "bo", "", "")[(person + test) % 4]
            came = {"ana": True, "bo": False}.get(asker, (person // 4) % 2 == 0)
            rows.append(f"t{test},{asker},p{person},{'did' if came else 'did_not'}")
    return "\n".join(rows) + "\n"


def test_who_moves_people_stands_first_with_her_interval_and_who_holds_back_stands_last(files, reckon):
    found = answer(reckon, "--ties", files("t.csv", TIES), "--asks", files("a.csv", asks(4)))
    by_id = {one["id"]: one for one in found["candidates"]}
    assert found["candidates"][0]["id"] == "ana"
    assert by_id["ana"]["pull"]["low"] > 0 > by_id["bo"]["pull"]["high"]
    assert by_id["ana"]["pull"]["low"] <= by_id["ana"]["pull"]["median"] <= by_id["ana"]["pull"]["high"]
    assert by_id["ana"]["evidence"]["asked"] == by_id["ana"]["evidence"]["came"] == 40
    assert "asked 40, 40 came" in by_id["ana"]["says"]


def test_one_test_is_never_a_verdict(files, reckon):
    found = answer(reckon, "--ties", files("t.csv", TIES), "--asks", files("a.csv", asks(1)))
    assert {one["pull"] for one in found["candidates"]} == {None}
    assert "fewer than two tests" in next(one["says"] for one in found["candidates"] if one["id"] == "ana")


def test_without_pull_more_nominations_rank_higher_and_equal_evidence_shares_a_rank(files, reckon):
    named = "nominator,nominee,question\nana,eva,trust\nbo,eva,trust\nbo,eva,advice\ncleo,dov,trust\neva,eva,trust\n"
    found = answer(
        reckon, "--ties", files("t.csv", "from,to\nana,bo\ncleo,dov\n"), "--nominations", files("n.csv", named)
    )
    assert [(one["id"], one["rank"]) for one in found["candidates"]] == [
        ("eva", 1),
        ("dov", 2),
        ("ana", 3),
        ("bo", 3),
        ("cleo", 3),
    ]
    assert found["candidates"][0]["evidence"]["nominations"] == 2


def test_the_same_seed_gives_the_same_answer_and_the_order_of_rows_none_other(files, reckon):
    turned = "\n".join([TIES.splitlines()[0], *reversed(TIES.splitlines()[1:])])
    words = ("--asks", files("a.csv", asks(3)), "--seed", "4")
    first = answer(reckon, "--ties", files("t.csv", TIES), *words)
    assert first == answer(reckon, "--ties", files("t.csv", TIES), *words)
    assert first == answer(reckon, "--ties", files("t.csv", turned), *words)


@pytest.mark.parametrize(
    "saved",
    [
        TIES.encode("utf-8-sig"),
        TIES.encode("utf-16"),
        TIES.encode("utf-16-le"),
        TIES.replace("\n", "\r\n").encode(),
        TIES.replace("\n", "\r").encode(),
        TIES.replace(",", "\t").encode(),
        TIES.replace(",", ";").replace("0.", "0,").encode(),
        ("sep=;\n" + TIES.replace(",", ";")).encode(),
        TIES.replace("from,to,kind,weight", " FROM ,To,KIND,Weight").encode(),
        ("\n" + TIES + "\n\n,,,\n").encode(),
        TIES.replace("bo,ana", '"bo","ana"').encode(),
        TIES.replace("bo,ana", " bo , ana ").encode(),
    ],
)
def test_ties_are_read_however_they_were_saved(saved, files, reckon):
    assert answer(reckon, "--ties", files("t.csv", saved)) == answer(reckon, "--ties", files("plain.csv", TIES))


def test_names_in_an_old_encoding_and_composed_otherwise_are_one(files, reckon):
    old = "from,to\nJosé,Íñigo\n".encode("cp1252")
    people = "id\nJose\u0301\nÍñigo\n"
    found = answer(reckon, "--ties", files("t.csv", old), "--people", files("p.csv", people))
    assert found["coverage"]["overall"] == 1.0
    assert sorted([*found["list"], *found["chains"]]) == ["José", "Íñigo"]


def test_extra_columns_repeats_and_ties_to_oneself_are_noted_and_ignored(files, reckon):
    status, out, beside = reckon(
        "--ties", files("t.csv", "from,to,weight,colour\na,b,1,red\na,b,0.5,\na,a,1,\nb,c,0,\n"), "--json"
    )
    assert status == 0
    assert json.loads(out)["list"] in (["a"], ["b"], ["a", "c"], ["b", "c"])
    for said in ("ignored column colour", "1 repeated tie;", "1 tie of a person to herself", "1 tie of weight 0"):
        assert said in beside


def test_a_person_in_two_units_counts_in_both(files, reckon):
    people = "id,unit\nana,spinning\nbo,spinning\nbo,weaving\ncleo,weaving\n"
    found = answer(
        reckon,
        "--ties",
        files("t.csv", "from,to\nana,bo\ncleo,bo\n"),
        "--people",
        files("p.csv", people),
        "--cover",
        "1",
    )
    assert found["list"] == ["bo"]
    assert found["coverage"]["units"] == {"spinning": 1.0, "weaving": 1.0}


def test_somebody_not_on_the_list_of_people_may_lead_but_need_not_be_reached(files, reckon):
    status, out, beside = reckon(
        "--ties",
        files("t.csv", "from,to\na,x\nb,x\n"),
        "--people",
        files("p.csv", "id\na\nb\n"),
        "--cover",
        "1",
        "--json",
    )
    assert (status, json.loads(out)["list"]) == (0, ["x"])
    assert "1 person is named in other files but not in p.csv" in beside


def test_one_way_ties_lead_only_from_the_first_to_the_second(files, reckon):
    path = files("t.csv", "from,to\na,b\n")
    both = answer(reckon, "--ties", path, "--cover", "1")
    one_way = answer(reckon, "--ties", path, "--cover", "1", "--one-way")
    assert len(both["list"]) == 1
    assert (one_way["list"], one_way["chains"]) == (["b"], {"a": "b"})


def test_only_the_kinds_asked_for_are_used(files, reckon):
    found = answer(reckon, "--ties", files("t.csv", TIES), "--kinds", "works with", "--least-ties", "1")
    assert set(found["unreached"]) == {"ana", "cleo", "eva"}
    assert found["unreached_why"]["ana"] == "no_tie"


def test_the_chain_goes_to_whom_she_named_and_came_for(files, reckon):
    ties = "from,to,weight\nc,a,1\nc,b,0.9\nd,a,1\ne,b,1\n"
    plain = answer(reckon, "--ties", files("t.csv", ties), "--one-way", "--cover", "1")
    named = answer(
        reckon,
        "--ties",
        files("t.csv", ties),
        "--nominations",
        files("n.csv", "nominator,nominee\nc,b\n"),
        "--one-way",
        "--cover",
        "1",
    )
    assert plain["list"] == named["list"] or sorted(plain["list"]) == sorted(named["list"])
    assert (plain["chains"]["c"], named["chains"]["c"]) == ("a", "b")


def test_the_table_says_the_same_in_words(files, reckon):
    status, out, _ = reckon("--ties", files("t.csv", TIES), "--people", files("p.csv", PEOPLE), "--top", "1")
    assert status == 0
    for said in (
        "the rank orders evidence, not people",
        "... and 4 more",
        "LIST: 2 leaders",
        "unit weaving",
        "NOT REACHED",
    ):
        assert said in out


BAD = [
    ("--ties", "", "t.csv: is empty"),
    ("--ties", "from,too\na,b\n", "t.csv, line 1, column to: is missing; the heading has: from, too"),
    ("--ties", "from,to,to\na,b,c\n", "t.csv, line 1, column to: stands twice"),
    ("--ties", "from,to,weight\na,b,1\na,c,-2\n", 't.csv, line 3, column weight: "-2" is below 0'),
    ("--ties", "from,to,weight\na,b,nan\n", 't.csv, line 2, column weight: "nan" is not a finite number'),
    ("--ties", "from,to,weight\na,b,1e999\n", "is not a finite number"),
    ("--ties", "from,to,weight\na,b,much\n", 'line 2, column weight: "much" is not a number'),
    ("--ties", "from,to\na,\n", "t.csv, line 2, column to: is empty"),
    ("--ties", "from,to\na\n", "t.csv, line 2, column to: is missing: the line ends after 1 of 2 cells"),
    ("--ties", "from,to\na,b,c\n", "t.csv, line 2: has 3 cells under a heading of 2"),
    ("--ties", 'from,to\n"a,b\n', "cannot be split into cells"),
    ("--ties", b"PK\x03\x04xxxx", "is a spreadsheet or an archive"),
    ("--ties", b"from,to\na,\x81\x8d\n", "line 2: is neither UTF-8 nor UTF-16 nor Windows-1252"),
    ("--ties", b"from,to\na,b\x00\n" + b"c,d\n" * 99, "line 2: holds a byte that no text has"),
    ("--ties", "from,to\na," + "b" * 10_001 + "\n", "is longer than 10000 characters"),
    ("--nominations", "nominator\na\n", "column nominee: is missing"),
    ("--asks", "test,asker,asked,outcome\nt,a,b,maybe\n", 'line 2, column outcome: "maybe" is none of did'),
    ("--asks", "test,asker,asked,outcome\nt,a,a,did\n", 'column asker: "a" asks herself'),
    ("--asks", "test,asker,asked,outcome\n,a,b,did\n", "column test: is empty"),
    ("--tests", "test,order\nt,first\n", 'line 2, column order: "first" is not a number'),
    ("--tests", "test,order\nt,1\nt,2\n", 'column test: "t" stands already on line 2'),
    ("--people", "id,unit\n,weaving\n", "line 2, column id: is empty"),
]


@pytest.mark.parametrize(("option", "content", "reason"), BAD)
def test_a_bad_file_is_refused_with_its_place_and_reason(option, content, reason, files, reckon):
    name = option.strip("-")[0] + ".csv"
    others = (
        () if option == "--ties" else ("--ties", files("t.csv", TIES) if name != "t.csv" else files("ties.csv", TIES))
    )
    status, out, beside = reckon(option, files(name, content), *others)
    assert (status, out) == (2, "")
    assert reason in beside


def test_a_test_that_is_not_in_the_file_of_tests_is_refused(files, reckon):
    status, out, beside = reckon(
        "--ties",
        files("t.csv", TIES),
        "--asks",
        files("a.csv", "test,asker,asked,outcome\nvote,ana,bo,did\n"),
        "--tests",
        files("s.csv", "test,order\npetition,1\n"),
    )
    assert (status, out) == (2, "")
    assert 'a.csv, line 2, column test: "vote" is not in the file of tests' in beside


def test_the_faults_of_all_files_are_told_at_once_but_not_without_end(files, reckon):
    many = "from,to,weight\n" + "a,b,-1\n" * 500
    status, _, beside = reckon("--ties", files("t.csv", many), "--people", files("p.csv", "name\nAna\n"))
    assert status == 2
    assert beside.count("t.csv, line") == 20
    assert "p.csv, line 1, column id" in beside


def test_files_that_cannot_be_read_are_named(tmp_path, reckon):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        status, out, beside = reckon("--ties", str(path))
        assert (status, out) == (2, "")
        assert "cannot be read" in beside


@pytest.mark.parametrize(
    "words", [("--cover", "0"), ("--cover", "1.1"), ("--cover", "nan"), ("--capacity", "0"), ("--seed", "x")]
)
def test_options_outside_their_range_are_refused(words, files, reckon):
    status, out, beside = reckon("--ties", files("t.csv", TIES), *words)
    assert (status, out) == (2, "")
    assert words[0] in beside


def test_files_with_a_heading_only_give_an_empty_answer(files, reckon):
    found = answer(reckon, "--ties", files("t.csv", "from,to\n"))
    assert (found["candidates"], found["list"], found["chains"], found["unreached"]) == ([], [], {}, [])


WITHOUT_DJANGO = """
import sys
class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "sqlite3", "psycopg"):
            raise ImportError(name + " must not be needed")
sys.meta_path.insert(0, NoDjango())
from commonweal.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_it_runs_where_neither_django_nor_a_database_can_be_imported(files):
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, "reckon", "leaders", "--ties", files("t.csv", TIES)]
        + ["--asks", files("a.csv", asks(3)), "--json"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": "src", "PATH": ""},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["candidates"][0]["id"] == "ana"


def test_a_spanish_terminal_is_answered_in_spanish_down_to_the_faults(files, reckon, monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    status, out, beside = reckon("--ties", files("t.csv", "from,to,colour\na,b,red\na,a,red\n"))
    assert (status, "LISTA: 1 líder (ninguna lista es más corta)" in out) == (0, True)
    assert "no consta que haya pedido a nadie; la nombran 0 personas; 1 lazo" in out
    assert "nota: t.csv: se ignora la columna colour" in beside
    status, out, beside = reckon("--ties", files("t.csv", "from,to,weight\na,b,mucho\n"))
    assert (status, out) == (2, "")
    assert beside == "t.csv, línea 2, columna weight: «mucho» no es un número\nNo se calculó nada.\n"


def test_the_table_keeps_to_eighty_columns(files, reckon):
    people = "".join(f"somebody-{number},x\nsomebody-{number},y\n" for number in range(30))
    status, out, _ = reckon("--ties", files("t.csv", "from,to\n" + people), "--capacity", "40")
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80


def test_a_file_without_ties_is_answered_with_a_note(files, reckon):
    status, out, beside = reckon("--ties", files("t.csv", "from,to\n"), "--json")
    assert (status, json.loads(out)["list"]) == (0, [])
    assert "t.csv: holds no tie that can be used" in beside
