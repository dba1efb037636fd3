"""Small checkpoints written by hand, opcode by opcode, as torch's old `save` did."""

import hashlib
import pickle
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.networks.checkpoint import MAGIC, CheckpointError, parse_checkpoint, read_checkpoint

SYSTEM = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
ORDERED_DICT = b"ccollections\nOrderedDict\n)R"


def plain(value) -> bytes:
    """The opcodes of a plain value, without header and stop; what they memoise is never asked for."""
    return pickle.dumps(value, protocol=2)[2:-1]


def tensor(*, key="a", kind=b"FloatStorage", count=6, offset=0, shape=(2, 3), strides=(3, 1)) -> bytes:
    storage = b"(" + plain("storage") + b"ctorch\n" + kind + b"\n" + plain(key) + plain("cpu") + plain(count) + b"NtQ"
    view = plain(offset) + plain(shape) + plain(strides)
    return b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + view + b"\x89" + ORDERED_DICT + b"tR"


def checkpoint(tensors=None, *, storages=None, body=None, system=SYSTEM, after=b"") -> bytes:
    """Put a checkpoint together; by default one (2, 3) tensor over the storage 0…5."""
    tensors = {"weight": tensor()} if tensors is None else tensors
    storages = {"a": np.arange(6, dtype="<f4")} if storages is None else storages
    items = b"".join(plain(name) + value for name, value in tensors.items())
    body = body if body is not None else b"\x80\x02" + ORDERED_DICT + b"(" + items + b"u}" + plain("x") + b"Nsb."
    pickles = [pickle.dumps(value, protocol=2) for value in (MAGIC, 1001, system)]
    raw = b"".join(struct.pack("<q", len(values)) + values.tobytes() for values in storages.values())
    return b"".join(pickles) + body + pickle.dumps(list(storages), protocol=2) + raw + after


def test_tensors_come_back_in_their_shapes():
    tensors = {"weight": tensor(), "steps": tensor(key="b", kind=b"LongStorage", count=1, shape=(), strides=())}
    storages = {"a": np.arange(6, dtype="<f4"), "b": np.array([1234], dtype="<i8")}

    state = parse_checkpoint(checkpoint(tensors, storages=storages))

    np.testing.assert_array_equal(state["weight"], [[0, 1, 2], [3, 4, 5]])
    assert state["steps"] == 1234
    assert (state["weight"].dtype, state["steps"].dtype, state["steps"].shape) == (np.float32, np.int64, ())


def test_tensors_that_share_or_transpose_a_storage_are_views_into_it():
    tensors = {
        "transposed": tensor(shape=(3, 2), strides=(1, 3)),
        "tail": tensor(offset=4, shape=(2,), strides=(1,)),
    }

    state = parse_checkpoint(checkpoint(tensors))

    np.testing.assert_array_equal(state["transposed"], [[0, 3], [1, 4], [2, 5]])
    np.testing.assert_array_equal(state["tail"], [4, 5])


def test_attributes_in_the_file_are_not_set():
    state = parse_checkpoint(checkpoint())

    assert not hasattr(state, "x")


@pytest.mark.parametrize("name", [b"os\nsystem", b"builtins\neval", b"torch\nload", b"collections\nCounter"])
def test_a_foreign_name_is_refused_by_its_name(name):
    body = b"\x80\x02c" + name + b"\n(" + plain("touch /tmp/pwned") + b"tR."

    with pytest.raises(CheckpointError, match="not allowed"):
        parse_checkpoint(checkpoint(body=body))


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"offset": 1}, "beyond its storage"),
        ({"strides": (4, 1)}, "beyond its storage"),
        ({"shape": (10**9, 10**9), "strides": (0, 0)}, "does not fit"),
        ({"shape": (0, 3)}, "does not fit"),
        ({"strides": (-3, 1)}, "impossible"),
        ({"offset": -1}, "impossible"),
        ({"shape": (2, 3, 1)}, "impossible"),
        ({"shape": (True, 3)}, "impossible"),
        ({"count": 7}, "7 were announced"),
        ({"key": "b"}, "not those the tensors ask for"),
        ({"kind": b"ByteStorage"}, "not allowed"),
        ({"count": 2**62}, "were announced"),
    ],
)
def test_a_tensor_that_does_not_fit_its_storage_is_refused(broken, reason):
    with pytest.raises(CheckpointError, match=reason):
        parse_checkpoint(checkpoint({"weight": tensor(**broken)}))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 a newer archive", "damaged"),
        (pickle.dumps(1, protocol=2), "legacy tensor format"),
        (checkpoint(after=b"\0"), "bytes follow"),
        (checkpoint()[:-1], "ends inside"),
        (checkpoint(system=SYSTEM | {"little_endian": False}), "little-endian"),
        (checkpoint({}, storages={}), "no state dict"),
        (checkpoint({"weight": plain(3)}, storages={}), "other than named tensors"),
        (checkpoint(body=b"\x80\x02" + plain([1]) + b"."), "no state dict"),
        # LONG_BINPUT to a far place: an unpickler would fill 16 GB of memory with nothing.
        (checkpoint(body=b"\x80\x02Nr\xff\xff\xff\x7f."), "more than it holds"),
    ],
)
def test_what_is_no_whole_checkpoint_is_refused_with_a_reason(data, reason):
    with pytest.raises(CheckpointError, match=reason):
        parse_checkpoint(data)


@given(st.data())
def test_damaged_bytes_are_read_or_refused_and_nothing_else(data):
    whole = bytearray(checkpoint())
    cut = data.draw(st.integers(0, len(whole)))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))

    try:
        state = parse_checkpoint(bytes(whole[:cut]))
    except CheckpointError:
        return
    assert all(isinstance(array, np.ndarray) for array in state.values())


def test_the_whole_file_must_be_the_expected_one(tmp_path):
    path = tmp_path / "weights.pth"
    path.write_bytes(checkpoint())
    sha256 = hashlib.sha256(checkpoint()).hexdigest()

    assert set(read_checkpoint(path, sha256=sha256)) == {"weight"}
    with pytest.raises(CheckpointError, match="not the expected file"):
        read_checkpoint(path, sha256="0" * 64)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CheckpointError, match=r"nothing\.pth cannot be read"):
        read_checkpoint(tmp_path / "nothing.pth", sha256="0" * 64)
