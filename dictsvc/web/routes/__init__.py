"""One file a route, with its view and everything that is declared of it; `web.route_table` finds them here."""
