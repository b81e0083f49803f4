"""The one error of talking to a model.

Codes, by who has to act:

    model_auth               the key is missing, wrong or locked
    model_quota              credit or plan used up; waiting seconds does not help
    model_unknown            the provider has no such model
    model_bad_request        the provider rejects the request itself
    model_context_exceeded   the conversation is longer than the model takes
    model_content_blocked    the provider's content policy
    model_rate_limited       too many requests, even after the retries
    model_timeout            no answer in time
    model_unavailable        the provider is overloaded or broken
    model_unreachable        no connection
    model_reply_cut          the answer broke off
    model_bad_reply          the answer is not a chat completion
    model_reply_too_large    the answer does not end
    network_denied           the network policy forbids the address
"""

from __future__ import annotations

from reev_types.errors import BackendError

__all__ = ["ModelError"]


class ModelError(BackendError):
    """A model did not answer; ``context`` holds ``status`` and ``provider_code`` where there are any."""
