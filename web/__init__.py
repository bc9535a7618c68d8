"""The web application; the command line lives here too and does without Flask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from web.context import Clock
    from workflow.settings import Settings
    from workflow.store.session import Store


def create_app(settings: Settings, store: Store | None = None, clock: Clock | None = None) -> Flask:
    """The application on a store and a clock, by default those of the settings and the machine.

    Raises UnguardedView where a view does not say who may see it.
    """
    from web.application import make_app  # only here: reading a scan needs no web server
    from web.context import read_system_clock

    return make_app(settings, store, clock or read_system_clock)
