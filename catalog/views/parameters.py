"""What addresses carry."""


def ids_in(text: str, *, most: int = 100) -> list[int]:
    """Picture ids from `3,1,2`, each once; whatever is not a number is passed over."""
    parts = (part for part in text[: 20 * most].split(",") if part.isascii() and part.isdecimal() and len(part) < 17)
    return list(dict.fromkeys(map(int, parts)))[:most]
