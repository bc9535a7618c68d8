import io
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page
from pypdf import PdfReader

from form_templates import catalog
from form_templates.layout import lay_out_page
from form_templates.model import TemplateKey
from tests.acting import Begin, Clock
from tests.form_templates.small_form import (
    LABELS,
    SOUND,
    replaced,
    write_edition,
    write_placed,
)
from tests.form_templates.two_editions import KA, NEW, TEMPLATE, make_editions
from tests.web.conftest import SignIn
from tests.web.test_in_a_browser import LACKS
from tests.web.visiting import Server, Visitor, sign_in_by_hand
from tests.workflow.registered import POOR, register_case, register_record
from web.forms.shelf import ROOT
from web.forms.words import CHANGES, READING, RULES

READERS = {"coordinator", "supervisor", "administrator"}
DECLARATION = "/forms/family_declaration/2015-05-01"
OLD = "/forms/assignment_form/2010-05-31"
NEWER = f"/forms/assignment_form/{NEW}"
VIEWS = (
    "/forms",
    DECLARATION,
    f"{DECLARATION}/pages/1/1",
    f"{DECLARATION}/pages/1/1.png",
    f"{DECLARATION}/pages/1/1/small.png",
    f"{DECLARATION}/blank.pdf",
)
DECISION = 'id = "family_decision"\nkind = "circle"\ncodes = ["1", "2", "3", "4"]'


@pytest.fixture
def two_editions(app: Flask, tmp_path: Path) -> None:
    """A newer edition of the assignment form asks for a signature at a correction."""
    root = tmp_path / "forms"
    make_editions(
        root,
        (TEMPLATE, DECISION, f"{DECISION}\ncorrection_rule = \"agent_alone\""),
        (KA, 'flat = "ბინა"', 'flat = "ბინის ნომერი"'),
    )  # fmt: skip
    app.config[ROOT] = root


def read_rows(page: str) -> dict[str, list[str]]:
    """Form and edition -> the texts of its line."""
    lines = {}
    for line in re.findall(r"<tr.*?</tr>", page, re.S):
        address = re.search(r'href="/forms/([^"]+)"', line)
        if address:
            cells = re.findall(r"<td.*?>(.*?)</td>", line, re.S)
            lines[address[1]] = [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in cells]
    return lines


@pytest.mark.parametrize("who", ["archivist", "operator", *sorted(READERS)])
def test_forms_open_by_role(sign_in: SignIn, who: str) -> None:
    visitor = sign_in(who)
    wanted = 200 if who in READERS else 403
    assert {path: visitor.get(path).status_code for path in VIEWS} == dict.fromkeys(VIEWS, wanted)
    head = visitor.get("/account/password").text
    assert ('href="/forms"' in head) is (who in READERS)


def test_a_stranger_sees_no_form(stranger: Visitor) -> None:
    assert {stranger.get(path).status_code for path in VIEWS} == {302}


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_form_is_listed_with_its_title(sign_in: SignIn, language: str) -> None:
    page = unescape(sign_in("administrator", language).get("/forms").text)
    for key in catalog.list_templates():
        assert catalog.load(key.form, key.edition).label("title", language) in page
        assert f"/forms/{key.form}/{key.edition}" in page


def test_use_is_counted_by_edition(app: Flask, act: Begin, clock: Clock, sign_in: SignIn) -> None:
    with act() as doing:
        case = register_case(doing)
        register_record(doing, case, "family_declaration", POOR)
    clock.advance(days=1)
    with act() as doing:
        register_record(doing, case, "family_declaration", POOR, serial=2)
    lines = read_rows(sign_in("supervisor").get("/forms").text)
    day = clock().strftime("%-d %b %Y")
    assert lines["family_declaration/2015-05-01"][2:5] == ["2", "2", "0"]
    assert lines["family_declaration/2015-05-01"][5].startswith(day)
    assert lines["application/2010-05-21"][2:] == ["0", "0", "0", "–"]


def test_an_older_edition_is_kept_for_late_paper(two_editions: None, sign_in: SignIn) -> None:
    lines = read_rows(sign_in("administrator").get("/forms").text)
    assert list(lines) == [f"assignment_form/{NEW}", "assignment_form/2010-05-31"]
    assert [line[1] for line in lines.values()] == ["In use", "For late paper"]


def test_a_broken_edition_says_why_and_hides_no_other(
    app: Flask, two_editions: None, sign_in: SignIn
) -> None:
    broken = app.config[ROOT] / "a_new_form" / "2026-02-01" / TEMPLATE
    broken.parent.mkdir(parents=True)
    broken.write_text("number = 402\nnumbr = 1\n")
    catalog.list_templates.cache_clear()
    page = sign_in("administrator").get("/forms").text
    assert "a_new_form" in page and "Cannot be used" in page
    assert "template.toml" in page
    assert len(read_rows(page)) == 2


def test_all_that_an_edition_asks_stands_on_its_page(sign_in: SignIn) -> None:
    template = catalog.load("family_declaration")
    page = unescape(sign_in("administrator").get(DECLARATION).text)
    for section, question in template.questions():
        assert template.label(f"field.{question.id}", "en") in page
        for code in question.codes:
            assert template.label(f"option.{question.id}.{code}", "en") in page
        id_ = f"{section.group}.{question.id}" if section.group else question.id
        assert f'id="q-{id_}"' in page
    assert "Order 01-14, annex 2" in page


def test_what_is_new_is_told_with_what_follows(two_editions: None, sign_in: SignIn) -> None:
    administrator = sign_in("administrator")
    page = unescape(administrator.get(NEWER).text)
    for words in (
        "What is new since the edition of 31 May 2010",
        "ბინის ნომერი",
        "crossed, answered anew, signed by the agent",
        "other signatures make a correction valid",
        "answers are carried over: see that it still asks the same",
    ):
        assert words in page
    assert "What is new" not in administrator.get(OLD).text


def test_a_georgian_page_tells_what_is_new_in_georgian(two_editions: None, sign_in: SignIn) -> None:
    page = unescape(sign_in("administrator", "ka").get(NEWER).text)
    for words in ("რა შეიცვალა წინა რედაქციის შემდეგ", "ჩასწორების წესი", "ბინის ნომერი"):
        assert words in page


@pytest.mark.parametrize("key", catalog.list_templates(), ids=str)
def test_every_side_of_every_edition_shows_all_its_places(
    sign_in: SignIn, key: TemplateKey
) -> None:
    administrator = sign_in("administrator")
    overview = administrator.get(f"/forms/{key.form}/{key.edition}").text
    sides = set(re.findall(r'href="(/forms/[^"]+/pages/(\d+)/(\d+))["#]', overview))
    assert sides
    for address, page, sheet in sides:
        laid = lay_out_page(catalog.load(key.form, key.edition), int(page), int(sheet))
        shown = administrator.get(address)
        assert shown.status_code == 200
        outlined = re.findall(r'data-field="([^"]+)" data-about="([^"]+)"', shown.text)
        assert [field for field, _ in outlined] == [f.id for f in laid.template.fields]
        abouts = set(re.findall(r'class="forms-about" id="([^"]+)"', shown.text))
        assert {about for _, about in outlined} == abouts


def test_pictures_show_the_page_in_two_sizes(sign_in: SignIn) -> None:
    administrator = sign_in("administrator")
    widths = []
    for path in (f"{DECLARATION}/pages/1/1.png", f"{DECLARATION}/pages/1/1/small.png"):
        answer = administrator.get(path)
        assert answer.mimetype == "image/png" and answer.cache_control.private
        picture = Image.open(io.BytesIO(answer.data))
        assert picture.height > picture.width
        assert picture.convert("L").getextrema() == (0, 255)
        widths.append(picture.width)
    assert widths[0] >= 4 * widths[1]


def test_the_blank_is_opened_to_print(sign_in: SignIn) -> None:
    answer = sign_in("coordinator").get(f"{OLD}/blank.pdf")
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/forms/no_such_form/2010-05-31",
        "/forms/assignment_form/2010-05-30",
        "/forms/assignment_form/today",
        f"{OLD}/pages/9/1",
        f"{OLD}/pages/1/2.png",
        f"{OLD}/pages/0/1/small.png",
        "/forms/no_such_form/2010-05-31/blank.pdf",
    ],
)
def test_what_is_not_there_is_not_found(sign_in: SignIn, path: str) -> None:
    assert sign_in("administrator").get(path).status_code == 404


def test_a_blank_that_cannot_be_printed_is_not_found(
    app: Flask, tmp_path: Path, sign_in: SignIn
) -> None:
    app.config[ROOT] = tmp_path
    absent, broken = write_placed(tmp_path), tmp_path / "sheet" / "2022-03-01"
    shutil.copytree(absent, broken)
    (absent / "blank.pdf").unlink()
    crowded = replaced(LABELS, 'people = "b"', f'people = "{"b " * 300}"')
    write_edition(tmp_path, template=SOUND, ka=crowded)
    visitor = sign_in("administrator")
    assert visitor.get(f"/forms/sheet/{broken.name}/blank.pdf").status_code == 200
    (broken / "blank.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    for edition in ("sheet/2021-03-01", "sheet/2022-03-01", "paper/2020-02-01"):
        assert visitor.get(f"/forms/{edition}/blank.pdf").status_code == 404, edition


def test_everything_that_can_change_and_follow_has_words(app: Flask) -> None:
    for words in (CHANGES, READING, RULES):
        codes = type(next(iter(words)))
        assert set(codes) == set(words)


def test_a_place_tells_of_itself_when_it_is_pointed_at_or_focused(
    browser_page: Page, server: Server
) -> None:
    sign_in_by_hand(browser_page, server.url, "administrator")
    browser_page.goto(f"{server.url}{DECLARATION}/pages/4/1")
    about = browser_page.locator(".forms-about:visible")
    assert about.count() == 0
    browser_page.hover('[data-field="members[2].birth_date"] rect')
    assert "members[2].birth_date" in about.inner_text()
    browser_page.focus('[data-field="B2"]')
    assert about.locator("h2").inner_text().startswith("B2")
    browser_page.click('[data-field="members[1].sex"] rect')
    browser_page.hover("h1")
    assert "members[1].sex" in about.inner_text()
    browser_page.goto(f"{server.url}{DECLARATION}/pages/4/1#about-B2")
    browser_page.reload()
    assert about.locator("h2").inner_text().startswith("B2")


def test_kinds_are_shown_and_hidden(browser_page: Page, server: Server) -> None:
    sign_in_by_hand(browser_page, server.url, "administrator")
    browser_page.goto(f"{server.url}{DECLARATION}/pages/4/1")
    circles = browser_page.locator(".forms-field.forms-circle:visible")
    corrections = browser_page.locator("path.forms-correction:visible")
    assert circles.count() and corrections.count()
    browser_page.uncheck("#show-circle")
    browser_page.uncheck("#show-correction")
    assert (circles.count(), corrections.count()) == (0, 0)
    assert browser_page.locator(".forms-field.forms-digits:visible").count()


@pytest.mark.parametrize("width", [400, 1366])
def test_the_pages_about_forms_fit_and_can_be_used_by_all(
    two_editions: None, browser_page: Page, server: Server, width: int
) -> None:
    context = browser_page.context
    context.add_cookies([{"name": "language", "value": "ka", "url": server.url}])
    browser_page.set_viewport_size({"width": width, "height": 768})
    sign_in_by_hand(browser_page, server.url, "administrator")
    lacks = []
    for path in ("/forms", NEWER, f"{NEWER}/pages/1/1"):
        browser_page.goto(server.url + path)
        lacks += browser_page.evaluate(LACKS)
    assert lacks == []
