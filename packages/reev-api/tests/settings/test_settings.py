from __future__ import annotations

import pytest
from pydantic import ValidationError

from reev_api.settings import ServerSettings
from reev_types.errors import UsageError


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_tokens_may_be_off_on_this_machine(host):
    ServerSettings(host=host, auth=False).check()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "localhost.example.org", ""])
def test_tokens_may_not_be_off_on_a_network(host):
    with pytest.raises(UsageError) as caught:
        ServerSettings(host=host, auth=False).check()
    assert caught.value.code == "auth_required"
    ServerSettings(host=host).check()


def test_the_database_is_in_the_folder_unless_it_is_another(tmp_path):
    assert ServerSettings(data=tmp_path).database == f"sqlite:///{tmp_path}/reev.sqlite"
    assert ServerSettings(data=tmp_path, database_url="postgresql://x/y").database == "postgresql://x/y"


@pytest.mark.parametrize("bad", [{"port": -1}, {"workers": 0}, {"concurrency": 0}, {"unknown": 1}])
def test_settings_that_mean_nothing_are_refused(bad):
    with pytest.raises(ValidationError):
        ServerSettings.model_validate(bad)
