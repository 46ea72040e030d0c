"""The commands of ``gradproof``, a module each: what it is given on the command line, and what it does with it."""
