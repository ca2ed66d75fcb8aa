# SPDX-License-Identifier: Apache-2.0
"""Documents: what exercise, session, program, article and evidence card are; read, check, bake.

May import body.
"""
