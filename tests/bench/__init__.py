"""The speed of the service, measured side by side in one run and printed as ratios: `make bench`."""
