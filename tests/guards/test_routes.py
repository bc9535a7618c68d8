import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.guards.sources import PROJECT, name_in_project
from web import create_app
from web.access import find_allowed_roles
from workflow.settings import Settings
from workflow.store.models.people import RoleName

OPEN_TO_STRANGERS = {"static", "account.sign_in", "account.choose_language", "home.health"}
"""Everything else asks who is there."""
OF_PEOPLE = {"people", "account", "home", "forms", "trust", "law"}
"""Blueprints an administrator may use: none of them shows a paper."""
TEMPLATES = sorted((PROJECT / "web" / "templates").rglob("*.html"))
INLINE = re.compile(r"""<script(?![^>]*\ssrc=)|\sstyle=["']|\son[a-z]+=["']|<style|javascript:""")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("data")
    return create_app(Settings(data, f"sqlite:///{data / 'blanki.sqlite'}", None))


def list_rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_strangers_find_the_sign_in_page_and_nothing_else(app: Flask) -> None:
    found = {
        rule.endpoint for rule in list_rules(app) if not find_allowed_roles(app, rule.endpoint)
    }
    assert found == OPEN_TO_STRANGERS


def test_every_room_of_the_head_is_there(app: Flask) -> None:
    rooms = {"review", "desk", "documents", "families", "supervision", "people"}
    rooms |= {"pictures", "forms", "trust", "law"}
    assert rooms <= set(app.blueprints)


def test_administrators_manage_people_and_see_no_papers(app: Flask) -> None:
    opened = {
        rule.endpoint.partition(".")[0]
        for rule in list_rules(app)
        if RoleName.ADMINISTRATOR in find_allowed_roles(app, rule.endpoint)
    }
    assert opened <= OF_PEOPLE


def test_what_changes_something_is_asked_for_by_post(app: Flask) -> None:
    changing = {rule.endpoint for rule in list_rules(app) if "POST" in (rule.methods or ())}
    assert {"desk.upload", "account.sign_out", "people.add_person"} <= changing
    methods = {method for rule in list_rules(app) for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_no_view_is_exempt_from_the_proof_that_a_form_is_ours(app: Flask) -> None:
    csrf = app.extensions["csrf"]
    assert (csrf._exempt_views, csrf._exempt_blueprints) == (set(), set())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_in_project)
def test_a_template_holds_no_script_and_no_style_of_its_own(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", ['<p style="color: red">', "<script>", "<a onclick='x()'>"])
def test_an_offence_in_a_template_is_seen(text: str) -> None:
    assert INLINE.search(text)
