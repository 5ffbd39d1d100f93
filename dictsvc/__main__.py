"""`python -m dictsvc`."""

from dictsvc.cli import main

main()
