"""Every algorithm with the one signature of `engine.model`, a module a family."""
