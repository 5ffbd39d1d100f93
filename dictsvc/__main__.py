"""`python -m dictsvc`."""

from dictsvc.cli.main import main

main()
