"""`python -m transport_calc` is the command `transport-calc`."""

from transport_calc.cli.app import main

if __name__ == "__main__":
    main()
