"""Bytes in, bytes out: the wire format of SPEC.md. Everything here seals or verifies; only `opening` opens."""
