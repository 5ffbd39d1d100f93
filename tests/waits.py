"""How long tests wait for what has to happen: far longer than it takes, as only a test that fails waits to the end."""

BROWSER_MILLISECONDS = 60_000
"""Milliseconds within which a page shows what it is expected to show."""
ANSWER_SECONDS = 60.0
"""Seconds within which a server that runs answers."""
START_SECONDS = 180.0
"""Seconds within which a server started for a test answers its first request."""
STOP_SECONDS = 60.0
"""Seconds within which a process ends that was asked to."""
PROCESS_SECONDS = 600.0
"""Seconds within which a program run for a test has done its work."""
