"""Puts the web application together."""

import importlib
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.routing import IntegerConverter, Map

from web.account.attempts import Attempts
from web.admission import guard
from web.context import Clock, Wiring, connect
from web.errors import explain_faults
from web.headers import add_headers
from web.language import set_languages
from web.page_parts import add_page_parts
from web.security import protect
from workflow.settings import Settings
from workflow.store.session import Store, open_store

_ROOMS = (
    "web.account.routes",
    "web.home",
    "web.desk.routes",
    "web.people.routes",
    "web.review.routes",
    "web.pictures.routes",
    "web.documents.routes",
    "web.families.routes",
    "web.supervision.routes",
    "web.trust.routes",
    "web.forms.routes",
    "web.law.routes",
)
"""Modules, each with a `blueprint`."""
_LONGEST_UPLOAD = 2 * 1024**3
_MOST_PARTS = 10_000
"""Files and fields of one form."""


class _Key(IntegerConverter):
    """A number in an address; one that no row can have leads nowhere."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**63 - 1)


def make_app(settings: Settings, store: Store | None, clock: Clock) -> Flask:
    """The application on a store and a clock; raises UnguardedView where a view has no rule."""
    app = Flask("web")
    app.config.update(MAX_CONTENT_LENGTH=_LONGEST_UPLOAD, MAX_FORM_PARTS=_MOST_PARTS)
    app.url_map.converters["int"] = _Key
    store = store or open_store(settings.database_url, settings.busy_seconds)
    connect(app, Wiring(store, settings, clock))
    app.extensions["blanki_attempts"] = Attempts()
    protect(app, settings, store)
    set_languages(app)
    _find_templates(app)
    add_page_parts(app)
    explain_faults(app)
    add_headers(app)
    for room in _ROOMS:
        app.register_blueprint(importlib.import_module(room).blueprint)
    guard(app)
    return app


def _find_templates(app: Flask) -> None:
    """Our own pages, and the components of GOV.UK Frontend under their package's name."""
    components: Any = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    own: Any = app.jinja_loader
    app.jinja_loader = ChoiceLoader([own, components])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
