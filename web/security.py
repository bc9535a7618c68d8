"""Passwords, sessions and forged requests: how the application is closed to strangers."""

import os
import secrets
from pathlib import Path

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_security import Security
from flask_wtf import CSRFProtect

from web.account.accounts import AccountStore
from web.account.sessions import LONGEST
from workflow.settings import Settings
from workflow.store.session import Store

_SECRETS = ("secret_key", "password_salt")

_ARGON2 = {
    "argon2__memory_cost": 19 * 1024,
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}
"""OWASP's first choice; more memory would let many sign-ins at once exhaust the machine."""


class _Sessions(SecureCookieSessionInterface):
    """Sessions whose cookie stays on HTTPS once it came by it."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the request came by HTTPS."""
        return request.is_secure


def protect(app: Flask, settings: Settings, store: Store) -> None:
    """Sets up sessions, passwords and the check that a form comes from our own page."""
    secret_key, password_salt = (read_secret(settings.data / "secrets" / n) for n in _SECRETS)
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="blanki",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LONGEST,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        SECURITY_PASSWORD_SALT=password_salt,
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=_ARGON2,
        SECURITY_USER_IDENTITY_ATTRIBUTES=[{"username": {"mapper": str.strip}}],
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    app.session_interface = _Sessions()
    CSRFProtect(app)
    # Its pages are not registered: signing in has one page, our own.
    Security(app, AccountStore(store), register_blueprint=False)


def read_secret(file: Path) -> str:
    """The secret of this installation; it is made at the first start and then never changes."""
    if not file.exists():
        _make_secret(file)
    return file.read_text("ascii")


def _make_secret(file: Path) -> None:
    """Two that start at once agree: the first one's secret stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(32))
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
