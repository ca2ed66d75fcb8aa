# SPDX-License-Identifier: Apache-2.0
"""Mechanics of one moving body: skeleton, joints, motion, contact, solver, clip.

May import NumPy and nothing of Hipfirst.
"""
