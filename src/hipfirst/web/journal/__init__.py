# SPDX-License-Identifier: Apache-2.0
"""A place to read and talk: articles, their evidence, comments."""
