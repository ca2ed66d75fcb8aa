# SPDX-License-Identifier: Apache-2.0
"""The published documents: catalogue, session and exercise pages, pack files."""
