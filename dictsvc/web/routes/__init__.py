"""One file a route or a family of routes: its view and all that is said of it."""
