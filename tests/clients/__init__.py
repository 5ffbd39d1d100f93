"""Clients generated from the contract, used against the live service: `python -m tests.clients`; needs Node."""
