"""The catalogue in JSON: images, likes, boards, categories, tags, people."""
