"""Examples for running the service for years: a systemd unit and an nginx configuration."""
