"""From where a request to sign in comes, as far as it matters, and what the portal proves itself with meanwhile."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrival:
    """`host`: the name under which the portal was reached, empty where no passkey can be bound to it.

    `origins`: what a browser there may call the portal. `device`: one of `session.DEVICES`. `secret`: the portal's own.
    `known`: the cookie of `known_browser`, `cookie`: that of a session, as the browser sent them.
    """

    host: str = ""
    origins: tuple[str, ...] = ()
    device: str = ""
    secret: bytes = b""
    known: str = ""
    cookie: str = ""
