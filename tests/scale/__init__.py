"""Every real dictionary in one database: `make scale` prints what loading them takes and what they cost."""
