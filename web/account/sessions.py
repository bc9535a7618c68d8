"""How long somebody stays signed in: until they leave, are idle, or the day is over."""

from datetime import datetime, timedelta

from flask import session
from flask_security import logout_user

IDLE = timedelta(minutes=30)
"""After so long without a request that a person made, the session ends."""
LONGEST = timedelta(hours=12)
"""No session lasts longer, however busy."""

_BEGUN, _SEEN = "begun", "seen"
_COARSE = 60
"""Seconds after which the cookie is written anew: not with every picture."""


def begin_session(now: datetime) -> None:
    """Notes when the person signed in."""
    session[_BEGUN] = session[_SEEN] = int(now.timestamp())


def continue_session(now: datetime) -> None:
    """Notes that the person is still there."""
    moment = int(now.timestamp())
    if _BEGUN in session and moment - session[_SEEN] >= _COARSE:
        session[_SEEN] = moment


def end_stale_session(now: datetime) -> bool:
    """Signs the person out who was idle for too long, or signed in too long ago."""
    if _BEGUN not in session:
        return False
    moment = int(now.timestamp())
    if (
        moment - session[_SEEN] <= IDLE.total_seconds()
        and moment - session[_BEGUN] <= LONGEST.total_seconds()
    ):
        return False
    logout_user()
    session.clear()
    return True
