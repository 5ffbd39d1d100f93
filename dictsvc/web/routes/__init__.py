"""One file a route: its view, and all that the service says or decides of it. Found by `web.route_table`."""
