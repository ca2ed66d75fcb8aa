# SPDX-License-Identifier: Apache-2.0
"""Mechanics of one moving body: skeleton, joints, motion, contact, solver, clip.

May import NumPy and nothing of Hipfirst. The way through: `motion.Motion` -> `solve.solve` ->
`checks.faults` -> `record.record` -> `clip.Clip`; `clip.mirror` gives the other side, `clip.dumps`
and `clip.loads` the file, `facts.facts` what need not be declared.
"""
