"""How a picture's key is written in an address."""

from django.urls import register_converter


class ImageId:
    """A picture's key: never more digits than the database can hold."""

    regex = "[0-9]{1,16}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(ImageId, "image_id")
