# SPDX-License-Identifier: Apache-2.0
"""What logs say: the events of a run and the state they fold to.

May import packs and body; knows no Django and nothing of planning.
"""
