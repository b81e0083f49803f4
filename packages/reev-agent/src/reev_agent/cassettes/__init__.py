"""Conversations with a model on file: recorded once, replayed without the model, and compared when they differ.

A cassette is JSON lines that people can read; it holds what was sent and what came back, and no key or header.
"""

from ._cassette import Cassette
from ._recording import RecordingModel
from ._replay import ReplayModel

__all__ = ["Cassette", "RecordingModel", "ReplayModel"]
