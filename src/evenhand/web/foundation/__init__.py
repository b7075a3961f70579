"""What every app of the register stands on: recorded facts, commands, errors as pages."""
