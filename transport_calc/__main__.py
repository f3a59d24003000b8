"""`python -m transport_calc` is the command `transport-calc`."""

from transport_calc.cli.start import main

if __name__ == "__main__":
    main()
