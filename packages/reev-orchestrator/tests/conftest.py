import pytest

pytest.register_assert_rewrite("reev_types.testing")
