"""What every answer tells the browser: what it may load, and what it may keep."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOREVER = "public, max-age=31536000, immutable"


def add_headers(app: Flask) -> None:
    """Makes every answer carry the policy; static files are known by their content."""

    @app.after_request
    def complete(response: Response) -> Response:
        response.headers.update(_HEADERS)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = _FOREVER if "v" in request.args else "no-cache"
        elif not response.cache_control.private:
            response.headers["Cache-Control"] = "no-store"
        return response

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static" and app.static_folder:
            values["v"] = _hash_file(Path(app.static_folder) / values["filename"])


@cache
def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"
