"""A network of straight streets, read from GeoJSONSeq, in degrees and in metres of a local plane."""

from __future__ import annotations

import dataclasses
import json
import pathlib

import numpy
import pyproj


@dataclasses.dataclass(frozen=True)
class Network:
    """Nodes where coordinates coincide, numbered in the order of the file."""

    lonlat: numpy.ndarray
    heights: numpy.ndarray
    tails: numpy.ndarray
    heads: numpy.ndarray
    meters: numpy.ndarray
    projection: pyproj.Transformer

    def degrees(self, meters: numpy.ndarray) -> numpy.ndarray:
        """Longitude and latitude of positions of the plane."""
        return numpy.column_stack(self.projection.transform(meters[:, 0], meters[:, 1], direction="INVERSE"))


def read(path: pathlib.Path) -> Network:
    """Reads LineStrings of two positions, each with a height."""
    with open(path, encoding="utf-8") as lines:
        ends = numpy.array([json.loads(line)["geometry"]["coordinates"] for line in lines]).reshape(-1, 3)
    _, first, numbers = numpy.unique(ends[:, :2], axis=0, return_index=True, return_inverse=True)
    order = numpy.argsort(first)
    rank = numpy.empty_like(order)
    rank[order] = numpy.arange(len(order))
    nodes = ends[first[order]]
    pairs = rank[numbers.ravel()].reshape(-1, 2)
    lon, lat = nodes[:, :2].mean(axis=0)
    projection = pyproj.Transformer.from_crs(4326, f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84", always_xy=True)
    meters = numpy.column_stack(projection.transform(nodes[:, 0], nodes[:, 1]))
    return Network(nodes[:, :2], nodes[:, 2], pairs[:, 0], pairs[:, 1], meters, projection)
