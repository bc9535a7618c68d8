"""The addresses of the review station."""

from flask import Blueprint

from web.review import deciding, showing

blueprint = Blueprint("review", __name__)

_ONE = "/review/<int:document_id>"
for _rule, _show in (
    ("/review", showing.start),
    (_ONE, showing.work),
    (f"{_ONE}/finished", showing.show_finished),
    (f"{_ONE}/summary", showing.summarise),
):
    blueprint.add_url_rule(_rule, view_func=_show)
for _rule, _do in (
    ("/review/next", deciding.take_next),
    (f"{_ONE}/take", deciding.take),
    (f"{_ONE}/fields/<field>", deciding.enter),
    (f"{_ONE}/acknowledge", deciding.acknowledge),
    (f"{_ONE}/finish", deciding.finish),
    (f"{_ONE}/release", deciding.release),
    (f"{_ONE}/renew", deciding.renew),
    (f"{_ONE}/authorise", deciding.authorise),
):
    blueprint.add_url_rule(_rule, view_func=_do, methods=["POST"])
