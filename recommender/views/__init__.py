"""Pages: what people discover, and the staff's laboratory."""
