import hashlib
from pathlib import Path

import pytest

from tests.validation.citations import CITATION, find_in_code, find_in_table, gather_citations
from validation.act_files import Act, Article, load_act
from validation.articles import (
    ACTS,
    find_act,
    find_article,
    find_missing,
    list_acts,
    list_missing,
)
from validation.errors import BrokenData, WrongLawFile

HEADING = """
title = { ka = "აქტი", en = "An act" }
rank = { ka = "ბრძანება", en = "order" }
note = { ka = "", en = "" }
letters = ""
"""


def describe_citation(law: str) -> str:
    """What is wrong with a citation; empty where it leads to a text, or to why there is none."""
    found = find_article(law)
    if found is None:
        return "" if find_missing(law) else "neither a text nor an act that is not at hand"
    if found.exact or not list_within(found):
        return ""
    return f"{found.law} has no such part"


def list_within(holder: Article) -> list[Article]:
    act = find_act(holder.act)
    assert act is not None
    return [one for one in act.articles if holder.citation in one.parents]


def gather_letters(act: Act) -> str:
    parts = (
        part
        for one in act.articles
        for part in (one.chapter, one.mark, one.heading, one.text, one.remark)
    )
    return "".join("".join(parts).split())


def test_whatever_the_program_cites_leads_to_a_text_or_to_why_there_is_none() -> None:
    wrong = {
        law: (describe_citation(law), sorted(places))
        for law, places in gather_citations().items()
        if describe_citation(law)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "law",
    [
        "order-01-14/annex-1/art-99",
        "order-01-14/annex-1/art-7(99)",
        "order-01-14/annex-1/art-14(4)(z)",
        "programme-overview/step-IV",
        "order-01",
        "",
    ],
)
def test_a_citation_that_leads_nowhere_is_seen(law: str) -> None:
    assert describe_citation(law) != ""


def test_citations_are_found_wherever_they_stand() -> None:
    table = {"law": "a", "entry": [{"law": {"agent": "b"}}, {"law": ["c"], "note": "d"}]}
    assert list(find_in_table(table)) == ["a", "b", "c"]
    assert list(find_in_code('f(law="order-140/art-1")\n"see order-140"')) == ["order-140/art-1"]
    places = set().union(*gather_citations().values())
    assert {"rule members_oldest_first", "validation/outcomes.toml"} <= places


@pytest.mark.parametrize("act", list_acts(), ids=lambda act: act.name)
def test_an_act_has_every_letter_of_its_source_and_no_other(act: Act) -> None:
    assert hashlib.sha256(gather_letters(act).encode()).hexdigest() == act.letters


@pytest.mark.parametrize("act", list_acts(), ids=lambda act: act.name)
def test_the_name_of_an_act_begins_citations(act: Act) -> None:
    assert CITATION.fullmatch(act.name)


@pytest.mark.parametrize(
    ("place", "numbers"),
    [
        ("order-01-14/annex-1/art-{}", range(1, 17)),
        ("order-02-150/annex-3/art-{}", range(1, 15)),
        ("programme-overview/step-{}", range(1, 8)),
        ("gurjaani-programme-2015/art-{}", range(1, 18)),
        ("zestaponi-policy/direction-{}", range(1, 4)),
    ],
)
def test_no_article_is_left_out(place: str, numbers: range) -> None:
    found = [find_article(place.format(number)) for number in numbers]
    assert all(one and one.exact for one in found)


@pytest.mark.parametrize(
    ("law", "begins", "ends"),
    [
        ("order-01-14/annex-1/art-7(4)", "დეკლარაციის „B1“ პუნქტში", "იწერება „0“."),
        ("order-01-14/annex-1/art-7(8)(c)", "დედ-მამით ობოლი ბავშვი", "გარდაცვალების მოწმობები;"),
        ("order-01-14/annex-1/art-7(7)(b)(d)", "თირკმლის ქრონიკული", "(N18.5) სტადია;"),
        ("order-01-14/annex-1/art-2(1)(b)", "ოჯახი – განცალკევებულ", "გაითვალისწინება:"),
        ("order-01-14/annex-1/art-13", "სააგენტოს უფლებამოსილი პირი", "დეკლარაციის შევსებას."),
        ("order-01-14/art-1(3)", "ბრძანებით დამტკიცებული", "ამოღებულ იქნეს."),
        ("order-02-150/annex-3/art-3(1.1)", "განაცხადის არასრული", "მონაცემების უზუსტობა;"),
        ("order-02-150/annex-3/art-8(4.2)", "სოციალური დახმარების", "შეჩერებას."),
        ("programme-overview/step-6", "დეკლარაციის შევსებიდან 30-ე", "სარეიტინგო ქულა."),
        ("gurjaani-programme-2015/art-10(5)(e)", "2000 ლარზე ზევით", "500 ლარისა."),
    ],
)
def test_a_citation_leads_to_its_words(law: str, begins: str, ends: str) -> None:
    found = find_article(law)
    assert found and found.exact and found.law == law
    assert found.text.startswith(begins) and found.text.endswith(ends)


def test_a_page_break_does_not_cut_a_sentence() -> None:
    found = find_article("order-01-14/annex-1/art-2(1)(b)")
    assert found and "არანათესაური კავშირის მქონე პირთა წრე" in found.text


@pytest.mark.parametrize(
    ("law", "held"),
    [
        ("order-02-150/annex-3/art-12(8)(a)", "annex-3/art-12(8)"),
        ("order-02-150/annex-3/art-3(2.7)", "annex-3/art-3(2)"),
        ("order-01-14/annex-1/art-14(4)(z)", "annex-1/art-14(4)"),
        ("order-01-14/annex-1/art-10(1)", "annex-1/art-10"),
    ],
)
def test_a_part_that_has_no_text_of_its_own_is_held_by_the_nearest_that_has(
    law: str, held: str
) -> None:
    found = find_article(law)
    assert found and (found.citation, found.exact) == (held, False)


def test_a_place_knows_what_holds_it_from_the_article_down() -> None:
    found = find_article("order-01-14/annex-1/art-7(7)(b)(c)")
    assert found
    assert found.parents == ("annex-1/art-7", "annex-1/art-7(7)", "annex-1/art-7(7)(b)")
    numbered = find_article("order-02-150/annex-3/art-3(1.1)")
    assert numbered and numbered.parents == ("annex-3/art-3", "annex-3/art-3(1)")


def test_a_struck_paragraph_is_kept_before_the_one_that_replaced_it() -> None:
    law = "order-02-150/annex-3/art-11(5)"
    act = find_act("order-02-150")
    both = [one for one in act.articles if one.law == law] if act else []
    assert [one.struck for one in both] == [True, False]
    assert "4 დღის ვადაში" in both[0].text and "ამოღებულია" in both[0].remark
    found = find_article(law)
    assert found == both[1] and "4 სამუშაო დღის ვადაში" in found.text


@pytest.mark.parametrize(
    ("law", "text"),
    [
        ("order-01-14/annex-1/art-10", "გადასახადი"),
        ("order-01-14/annex-1/art-12(3)(a)", "კვებისათვის;"),
        ("order-01-14/annex-1/art-12(3)(b)", ""),
    ],
)
def test_what_the_source_has_lost_is_said_and_not_filled_in(law: str, text: str) -> None:
    found = find_article(law)
    assert found and found.exact and found.lost and found.text.endswith(text)
    assert bool(found.text) is bool(text)


def test_an_act_can_be_cited_as_a_whole() -> None:
    found = find_article("zestaponi-policy")
    assert found and found.law == "zestaponi-policy" and "ზესტაფონის" in found.heading


@pytest.mark.parametrize(
    ("law", "named"),
    [
        ("order-141/annex-3", "order-141"),
        ("resolution-145", "resolution-145"),
        ("order-01-14/annex-2", "order-01-14/annex-2"),
        ("order-1410", None),
        ("order-01-14/annex-1/art-7", None),
    ],
)
def test_an_act_without_a_text_says_why(law: str, named: str | None) -> None:
    missing = find_missing(law)
    assert (missing.law if missing else None) == named


def test_what_is_not_at_hand_has_no_text() -> None:
    assert [one.law for one in list_missing() if find_article(one.law)] == []


def test_an_act_is_not_sought_outside_its_folder() -> None:
    assert find_act("not_at_hand") is None and find_act("../outcomes") is None
    assert find_act("nothing") is None


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (HEADING + '[[article]]\ncitation = "art-1"', "art-1"),
        (HEADING + '[[article]]\ncitation = "art-1"\ntext = "a"\n' * 2, "art-1"),
        (HEADING + '[[article]]\ncitation = "art-1"\ntext = "a"\nstruck = true', "art-1"),
        (HEADING + '[[article]]\ncitation = "art-1"\nlost = { en = "all" }', "lost"),
        (HEADING.replace("title", "name") + "article = []", "KeyError"),
        (HEADING + '[[article]]\ncitation = "art-1"\ntetx = "a"', "tetx"),
    ],
)
def test_a_fault_in_an_act_names_its_file_and_place(tmp_path: Path, content: str, key: str) -> None:
    file = tmp_path / "order-1.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(WrongLawFile, match=rf"order-1\.toml.*{key}"):
        load_act(file)


def test_an_act_that_is_no_toml_is_named(tmp_path: Path) -> None:
    file = tmp_path / "order-1.toml"
    file.write_text("letters =", encoding="utf-8")
    with pytest.raises(BrokenData, match="order-1"):
        load_act(file)


def test_the_acts_stand_in_files_of_their_own() -> None:
    files = {file.stem for file in ACTS.glob("*.toml")}
    assert {act.name for act in list_acts()} == files - {"not_at_hand"}
