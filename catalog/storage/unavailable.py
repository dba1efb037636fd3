"""The one way in which a store says that it does not answer."""


class StorageUnavailable(OSError):
    """The bucket did not answer, or answered with an error of its own; what was asked may be tried again later."""
