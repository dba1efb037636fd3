"""The only modules that import TensorFlow, inside functions. Who serves never comes here (pyproject.toml)."""
