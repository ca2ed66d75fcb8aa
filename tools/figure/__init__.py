# SPDX-License-Identifier: Apache-2.0
"""Grows the figure's mesh round the one skeleton: `make figure`, or `python tools/figure/make.py`.

Build time only. The body is a signed distance field (`trunk`, `head`, `limbs`), cut by marching
cubes, simplified, bound to the skeleton (`weights`), dressed (`garments`) and given its muscles
(`muscles`, `bands`), then written as one small file (`write`). Only the right half is stored: the
reader mirrors it.
"""
