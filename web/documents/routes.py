"""The pages of documents and what may be done on them."""

from collections.abc import Callable, Mapping

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ocr.page_text import find_hints
from web.articles import write_article
from web.documents import deciding, history, listing, showing
from web.documents.page_states import name_page_state

blueprint = Blueprint("documents", __name__)
blueprint.add_app_template_filter(write_article, "article")
blueprint.add_app_template_filter(name_page_state, "page_state")
blueprint.add_app_template_filter(find_hints, "page_hints")

_ONE = "/documents/<int:document_id>"
_VIEWS: Mapping[str, Callable[..., ResponseReturnValue]] = {
    "/documents": listing.list_documents,
    _ONE: showing.show_document,
    f"{_ONE}/versions/<int:number>": showing.show_version,
    f"{_ONE}/return-note": showing.show_return_note,
    f"{_ONE}/trail": history.show_trail,
}
_DECISIONS: Mapping[str, Callable[..., ResponseReturnValue]] = {
    f"{_ONE}/confirm": deciding.confirm,
    f"{_ONE}/refute": deciding.refute,
    f"{_ONE}/keep-image": deciding.keep_image,
    f"{_ONE}/discard": deciding.discard,
    f"{_ONE}/reopen": deciding.reopen,
    f"{_ONE}/scan-again": deciding.scan_again,
}
for _rule, _view in _VIEWS.items():
    blueprint.add_url_rule(_rule, view_func=_view)
for _rule, _view in _DECISIONS.items():
    blueprint.add_url_rule(_rule, view_func=_view, methods=["POST"])
