"""The service under attack and load, on this machine's loopback only, bounded in time: `make soak`."""
