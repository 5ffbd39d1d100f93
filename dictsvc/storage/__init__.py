"""All SQL, and nothing above it knows that there is any."""
