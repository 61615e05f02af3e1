"""Event contracts: frozen models of primitives that know nothing of services or transports."""
