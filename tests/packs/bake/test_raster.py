# SPDX-License-Identifier: Apache-2.0
"""Triangles to pixels: the nearest wins, shares are right, edges belong to somebody."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hipfirst.body.props import KINDS, Prop
from hipfirst.packs.bake import furniture
from hipfirst.packs.bake.camera import direction, fitted
from hipfirst.packs.bake.raster import rasterise

SQUARE = np.array([[1.0, 1.0], [9.0, 1.0], [9.0, 9.0], [1.0, 9.0]])
# Counter-clockwise seen with y up, so clockwise in the picture's y-down numbers.
FACES = np.array([[0, 2, 1], [0, 3, 2]])


def test_square_covers_its_pixels_once():
    hits = rasterise(SQUARE, np.ones(4), FACES, (10, 10))
    assert sorted(hits.pixel) == [10 * y + x for y in range(1, 9) for x in range(1, 9)]
    assert len(set(hits.pixel)) == len(hits.pixel)


def test_shares_read_a_plane_back():
    hits = rasterise(SQUARE, np.ones(4), FACES, (10, 10))
    x, y = hits.mix(FACES, SQUARE).T
    np.testing.assert_allclose(x, hits.pixel % 10 + 0.5)
    np.testing.assert_allclose(y, hits.pixel // 10 + 0.5)


def test_the_nearer_of_two_is_seen():
    screen = np.concatenate([SQUARE, SQUARE])
    near = np.repeat([0.5, 2.0], 4)
    hits = rasterise(screen, near, np.concatenate([FACES, FACES + 4]), (10, 10))
    assert (hits.triangle >= 2).all()


def test_what_turns_away_is_left_out_unless_asked_for():
    back = FACES[:, ::-1]
    assert len(rasterise(SQUARE, np.ones(4), back, (10, 10), cull=False).pixel) == 64
    both = rasterise(SQUARE, np.ones(4), np.concatenate([back, FACES]), (10, 10))
    assert (both.triangle >= 2).all()


def test_perspective_is_kept():
    # A floor that runs away from the eye: half way up the picture is not half way along the floor.
    near = np.array([1.0, 1.0, 0.25, 0.25])
    depth = (1 / near)[:, None]
    hits = rasterise(SQUARE, near, FACES, (10, 10))
    np.testing.assert_allclose(1 / hits.mix(FACES, depth)[:, 0], hits.near)


def test_nothing_in_view_is_no_hit():
    away = SQUARE + 100
    assert len(rasterise(away, np.ones(4), FACES, (10, 10)).pixel) == 0


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 360), st.floats(-5, 80), st.sampled_from([(360, 480), (844, 390), (100, 100)]))
def test_the_fitted_camera_sees_all_of_the_box(azimuth, elevation, shape):
    bounds = np.array([[-0.9, -0.02, -0.4], [0.8, 0.6, 0.5]])
    pick = np.array(np.meshgrid([0, 1], [0, 1], [0, 1])).reshape(3, -1).T
    corners = bounds[pick, np.arange(3)]
    pixels, near = fitted(corners, azimuth, elevation, shape).project(corners)
    assert (near > 0).all()
    assert (pixels >= 0).all()
    assert (pixels <= np.array([shape[1], shape[0]])).all()
    # As near as can be: along one axis both edges have the margin and no more.
    spare = np.array([shape[1], shape[0]]) - (pixels.max(axis=0) - pixels.min(axis=0))
    assert (spare / [shape[1], shape[0]]).min() < 0.07


def test_azimuth_names_where_one_stands():
    np.testing.assert_allclose(direction(0, 0), [1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(direction(90, 0), [0, 0, 1], atol=1e-12)


def test_props_are_closed_to_the_outside_and_stand_where_they_should():
    for kind in KINDS:
        for solid in furniture.solids(Prop(kind, (0.3, 0.0, -0.2), 0.7)):
            corner = solid.points[solid.triangles]
            facing = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
            outward = (facing * solid.normals[solid.triangles].mean(axis=1)).sum(axis=1)
            assert (outward >= -1e-12).all()
            assert solid.points[:, 1].min() >= -1e-9
            assert solid.points[:, 1].max() <= KINDS[kind][1] + 1e-9
