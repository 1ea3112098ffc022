"""Every response carries these headers; no page sets one of its own."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Own files only, nothing inline, never inside another site's frame."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

A_YEAR = 31_536_000
AN_HOUR = 3_600


def set_headers(app: Flask, *, https: bool) -> None:
    """Every response of ``app`` carries ``HEADERS``; pages are never stored by a browser."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(HEADERS)
        assets = request.endpoint == "assets.asset" and response.status_code < 400  # noqa: PLR2004 - HTTP
        response.headers["Cache-Control"] = f"max-age={AN_HOUR}" if assets else "no-store"
        if https:
            response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
        return response
