"""Onestop: sealed reports of digital sex crimes, from a browser to the organisations that help."""

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import access, assets, cli, code_list, compression, db, headers, i18n, limits, metrics, page, routes, telemetry

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: "Settings") -> "Flask":
    """Assemble the portal. WSGI layers from the inside out: static files, language, proxies, headers."""
    app = telemetry.Portal(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["onestop_settings"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    telemetry.init_app(app, settings.log_level)
    metrics.init_app(app)
    db.init_app(app, settings)
    i18n.init_app(app)
    limits.init_app(app, settings)
    access.init_app(app)
    compression.init_app(app)
    page.init_app(app)
    for blueprint in routes.BLUEPRINTS:
        app.register_blueprint(blueprint)
    routes.error_pages.init_app(app)
    cli.init_app(app)

    served = assets.init_app(app, ROOT / "static", Path(settings.asset_cache))
    app.extensions["onestop_code"] = code_list.code_list(
        ROOT, served.digests, lambda name: served.copies[name].read_bytes()
    )
    app.wsgi_app = i18n.LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = headers.SecurityHeaders(app.wsgi_app, settings.strict_transport)  # type: ignore[method-assign]
    return app
