"""The command line: one module per command, options beside the command."""
