"""Where each province stands on the map of tiles, for figures and for the index."""

from __future__ import annotations

# Column and row of each province-level area. A scheme: neighbours mostly stay neighbours, sizes and borders are not
# meant.
TILES = {
    "CN-23": (8, 0),
    "CN-22": (8, 1),
    "CN-15": (5, 2), "CN-11": (6, 2), "CN-12": (7, 2), "CN-21": (8, 2),
    "CN-65": (1, 3), "CN-63": (2, 3), "CN-62": (3, 3), "CN-64": (4, 3), "CN-14": (5, 3), "CN-13": (6, 3),
    "CN-37": (7, 3),
    "CN-54": (2, 4), "CN-51": (3, 4), "CN-61": (4, 4), "CN-41": (5, 4), "CN-34": (6, 4), "CN-32": (7, 4),
    "CN-31": (8, 4),
    "CN-53": (3, 5), "CN-50": (4, 5), "CN-42": (5, 5), "CN-36": (6, 5), "CN-33": (7, 5),
    "CN-52": (4, 6), "CN-43": (5, 6), "CN-44": (6, 6), "CN-35": (7, 6), "TW": (8, 6),
    "CN-45": (5, 7), "MO": (6, 7), "HK": (7, 7),
    "CN-46": (5, 8),
}  # fmt: skip
