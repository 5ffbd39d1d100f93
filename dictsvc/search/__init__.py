"""From a query to its answer. No Flask and no SQL here."""
