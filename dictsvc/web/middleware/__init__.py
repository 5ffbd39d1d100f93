"""What every request passes, whatever its route: headers, rate limit, response cache, access log, metrics."""
