"""Read a tensor checkpoint in torch's legacy file format, without torch and without trusting the file.

The format: five pickles (a magic number, the protocol, the writer's system, the object, the storage keys), then for
each key an int64 count and that many raw little-endian elements. A pickle can name any function, so only the four
names that a plain state dict needs are known here, and two of them are only labels.
"""

import hashlib
import io
import math
import pickle
import pickletools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
ELEMENT_TYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
MOST_DIMENSIONS = 8
PICKLE_ERRORS = (
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    TypeError,
    ValueError,
)


class CheckpointError(Exception):
    """The file is not the checkpoint it should be; the message says in which way."""


def read_checkpoint(path: Path, *, sha256: str) -> dict[str, Array]:
    """Read the state dict at `path`: parameter names → arrays in the file's own shapes (float32 or int64).

    sha256: the digest the whole file must have; nothing is interpreted before it matches.
    Raises CheckpointError for a missing, wrong, damaged or hostile file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise CheckpointError(f"{path} is not the expected file: its sha256 is {found}, expected {sha256}")
    return parse_checkpoint(data)


def parse_checkpoint(data: bytes) -> dict[str, Array]:
    """Interpret the bytes of a checkpoint; safe on hostile bytes. Raises CheckpointError."""
    stream = io.BytesIO(data)
    if _unpickle(stream) != MAGIC or _unpickle(stream) != PROTOCOL:
        raise CheckpointError("not a checkpoint in the legacy tensor format")
    system = _unpickle(stream)
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        raise CheckpointError("the checkpoint was not written on a little-endian system")
    tensors, declared = _unpickle_tensors(stream)
    storages = dict(_read_storages(stream, _unpickle(stream), declared))
    if stream.read(1):
        raise CheckpointError("bytes follow the last storage")
    return {name: tensor.array(storages) for name, tensor in tensors.items()}


@dataclass(frozen=True)
class _Storage:
    key: str
    dtype: np.dtype[Any]
    count: int


@dataclass(frozen=True)
class _Tensor:
    """A strided view into a storage, in elements, as torch describes it."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def array(self, storages: dict[str, Array]) -> Array:
        values = storages.get(self.storage.key)
        if values is None:
            raise CheckpointError(f"storage {self.storage.key} is missing")
        last = self.offset + sum((size - 1) * stride for size, stride in zip(self.shape, self.strides, strict=True))
        if last >= len(values):
            raise CheckpointError(f"a tensor of shape {self.shape} reaches beyond its storage of {len(values)}")
        steps = tuple(stride * values.itemsize for stride in self.strides)
        view = np.lib.stride_tricks.as_strided(values[self.offset :], self.shape, steps, writeable=False)
        return np.ascontiguousarray(view).reshape(self.shape)


class _StateDict(dict[str, Any]):
    """Stands for collections.OrderedDict, without the power to set attributes from the file."""

    def __setstate__(self, state: object) -> None:
        """Forget the metadata that torch keeps beside the tensors."""


def _tensor(storage: object, offset: object, shape: object, strides: object, *_autograd: object) -> _Tensor:
    """Stand in for torch._utils._rebuild_tensor_v2, checking what the file gives it."""
    if not isinstance(storage, _Storage) or not isinstance(shape, tuple) or not isinstance(strides, tuple):
        raise CheckpointError("a tensor is not described by a storage, a shape and strides")
    if len(shape) != len(strides) or not all(_is_count(number) for number in (offset, *shape, *strides)):
        raise CheckpointError("a tensor has an impossible shape, offset or stride")
    if len(shape) > MOST_DIMENSIONS or not 0 < math.prod(shape) <= storage.count:
        raise CheckpointError(f"a tensor of shape {shape} does not fit its storage of {storage.count}")
    return _Tensor(storage, offset, shape, strides)  # type: ignore[arg-type]


def _is_count(number: object) -> bool:
    return type(number) is int and number >= 0


class _Unpickler(pickle.Unpickler):
    """Knows four names and nothing else; remembers the storages that the tensors ask for."""

    NAMES = {
        ("collections", "OrderedDict"): _StateDict,
        ("torch._utils", "_rebuild_tensor_v2"): _tensor,
        ("torch", "FloatStorage"): "FloatStorage",
        ("torch", "LongStorage"): "LongStorage",
    }

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.NAMES:
            raise CheckpointError(f"the checkpoint asks for {module}.{name}, which is not allowed")
        return self.NAMES[module, name]

    def persistent_load(self, reference: Any) -> _Storage:
        match reference:
            case ("storage", str(kind), str(key), str(), int(count), None) if kind in ELEMENT_TYPES and count >= 0:
                storage = _Storage(key, ELEMENT_TYPES[kind], count)
            case _:
                raise CheckpointError("a storage is not described as expected")
        if self.storages.setdefault(key, storage) != storage:
            raise CheckpointError(f"storage {key} is described in two ways")
        return storage


def _unpickle(stream: io.BytesIO) -> Any:
    return _load(stream, _Unpickler(stream))


def _unpickle_tensors(stream: io.BytesIO) -> tuple[dict[str, _Tensor], dict[str, _Storage]]:
    unpickler = _Unpickler(stream)
    tensors = _load(stream, unpickler)
    if not isinstance(tensors, dict) or not tensors:
        raise CheckpointError("the checkpoint holds no state dict")
    if not all(isinstance(name, str) and isinstance(tensor, _Tensor) for name, tensor in tensors.items()):
        raise CheckpointError("the state dict holds something other than named tensors")
    return tensors, unpickler.storages


def _load(stream: io.BytesIO, unpickler: _Unpickler) -> Any:
    try:
        _check_opcodes(stream)
        return unpickler.load()
    except PICKLE_ERRORS as error:
        raise CheckpointError(f"the checkpoint is damaged: {error}") from error


def _check_opcodes(stream: io.BytesIO) -> None:
    """Refuse a pickle that would make the unpickler reserve memory for more than the pickle itself can hold."""
    start = stream.tell()
    for opcode, argument, position in pickletools.genops(stream):
        if opcode.name.endswith("PUT") and int(argument or 0) > (position or 0):
            raise CheckpointError("the checkpoint remembers more than it holds")
    stream.seek(start)


def _read_storages(stream: io.BytesIO, keys: object, declared: dict[str, _Storage]) -> Iterator[tuple[str, Array]]:
    if not isinstance(keys, list) or sorted(map(str, keys)) != sorted(declared):
        raise CheckpointError("the storages in the file are not those the tensors ask for")
    for key in keys:
        storage = declared[key]
        count = int.from_bytes(stream.read(8), "little", signed=True)
        if count != storage.count:
            raise CheckpointError(f"storage {key} holds {count} elements, {storage.count} were announced")
        values = stream.read(count * storage.dtype.itemsize)
        if len(values) != count * storage.dtype.itemsize:
            raise CheckpointError(f"the checkpoint ends inside storage {key}")
        yield key, np.frombuffer(values, storage.dtype)
