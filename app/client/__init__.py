"""The command-line client, `python -m app.client`: what somebody can check or open without trusting any server.

A root of its own: the portal never loads it, and it alone may load `app.crypto.opening`.
"""
