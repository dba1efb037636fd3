"""The catalogue in JSON: images, likes, categories, tags, people."""
