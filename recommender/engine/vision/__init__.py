"""What eyes and words say of pixels and text: LiteRT and numpy alone, one picture or one query at a time."""
