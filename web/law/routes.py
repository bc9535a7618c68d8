"""The law: rules, values, settings and acts, each thing beside the article that it rests on."""

from collections.abc import Callable, Mapping

from flask import Blueprint

from web.law import article_pages, coverage_page, deadline_page, rule_pages, value_pages
from web.law.links import find_article_url, find_keeping_url, find_rule_url, link_article
from web.law.words import name_weekday

blueprint = Blueprint("law", __name__)

_FILTERS: Mapping[str, Callable[..., str]] = {
    "article_link": link_article,
    "article_url": find_article_url,
    "rule_url": find_rule_url,
    "keeping_url": find_keeping_url,
    "weekday": name_weekday,
}
_VIEWS: Mapping[str, Callable[..., str]] = {
    "/law": rule_pages.list_rules,
    "/law/rules/<code>": rule_pages.show_rule,
    "/law/values": value_pages.show_values,
    "/law/values/<path:name>": value_pages.show_value,
    "/law/settings": value_pages.show_settings,
    "/law/articles": article_pages.show_acts,
    "/law/articles/<act>": article_pages.show_act,
    "/law/articles/<act>/<path:citation>": article_pages.show_article,
    "/law/deadlines": deadline_page.show_deadlines,
    "/law/coverage": coverage_page.show_coverage,
}
for _name, _filter in _FILTERS.items():
    blueprint.add_app_template_filter(_filter, _name)
for _rule, _view in _VIEWS.items():
    blueprint.add_url_rule(_rule, view_func=_view)
