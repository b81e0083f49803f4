"""What went wrong, in reev's errors and never with the key in them."""

from __future__ import annotations

import re
from http import HTTPStatus

from reev_tools.jupiter import JupiterRefusalError, JupiterServiceError

from ._answers import Misread
from ._complaints import Complaint, complaint_in, one_line, snake_case
from ._settings import HttpSettings
from ._transport import Lost, Reply

__all__ = ["Faults"]

_HIDDEN = "[api key]"
_KEY_PLACE = "https://portal.jup.ag"


class Faults:
    """Makes errors; whatever a server says passes through here, and loses the key if it repeats it."""

    def __init__(self, settings: HttpSettings) -> None:
        key = settings.api_key.get_secret_value() if settings.api_key else ""
        self._key = re.compile(re.escape(key), re.IGNORECASE) if key else None
        self._host = settings.host

    def lost(self, lost: Lost) -> JupiterServiceError:
        """Return the error for an answer that did not arrive: ``timeout``, ``unreachable`` or ``bad_response``."""
        return self._service(lost.code, f"{_SAYING[lost.code]}: {self._clean(lost.reason)}")

    def declined(self, reply: Reply, retry_after_ms: int | None = None) -> JupiterRefusalError | JupiterServiceError:
        """Return the error for a status other than 2xx; ``retry_after_ms`` is when it says to come back."""
        said = complaint_in(reply.body)
        text = self._clean(said.text) or "no reason given"
        context = self._context(reply)
        code = _CODES.get(reply.status)
        if code is None and reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            code = "server_error"
        if code is not None:
            if retry_after_ms is not None:
                context["retry_after_ms"] = retry_after_ms
            return self._service(code, f"{_SAYING[code]}: {text}", context)
        if reply.status >= HTTPStatus.BAD_REQUEST and said.structured:
            return JupiterRefusalError(self._refusal_code(said), f"Jupiter declines: {text}", context=context)
        return self._service("bad_response", f"Jupiter answered with HTTP status {reply.status}: {text}", context)

    def unreadable(self, reply: Reply, misread: Misread) -> JupiterServiceError:
        """Return the error for an answer without its promised shape; its context names the ``field``."""
        place = self._clean(misread.place)
        text = f"{_SAYING['bad_response']}: {f'{place}: ' if place else ''}{self._clean(misread.reason)}"
        return self._service("bad_response", text, self._context(reply) | ({"field": place} if place else {}))

    def _service(self, code: str, message: str, context: dict[str, str | int] | None = None) -> JupiterServiceError:
        return JupiterServiceError(code, message, suggestions=self._suggestions(code), context=context)

    def _suggestions(self, code: str) -> tuple[str, ...]:
        match code:
            case "rate_limited" if self._key is None:
                return (f"get a free API key at {_KEY_PLACE}", "ask less often")
            case "rate_limited":
                return ("ask less often", "lower requests_per_second if others use the same key")
            case "unauthorised":
                return (f"check the API key at {_KEY_PLACE}", "ask without a key")
            case "forbidden":
                return ("use a key whose plan has this endpoint",)
            case "bad_response":
                return (f"check that {self._host} is Jupiter's API",)
            case "unreachable":
                return (f"check the network and that {self._host} is the right host",)
            case _:
                return ("try again later",)

    def _refusal_code(self, said: Complaint) -> str:
        # A code that repeats the key is no code of Jupiter's.
        if said.code and not (self._key and self._key.search(said.code)):
            return snake_case(said.code)
        return "request_declined"

    def _context(self, reply: Reply) -> dict[str, str | int]:
        request_id = self._clean(reply.headers.get("x-api-gateway-request-id", ""))
        return {"status": reply.status} | ({"request_id": request_id} if request_id else {})

    def _clean(self, text: str) -> str:
        return one_line(self._key.sub(_HIDDEN, text) if self._key else text)


_CODES = {
    HTTPStatus.UNAUTHORIZED.value: "unauthorised",
    HTTPStatus.FORBIDDEN.value: "forbidden",
    HTTPStatus.TOO_MANY_REQUESTS.value: "rate_limited",
}
_SAYING = {
    "bad_response": "Jupiter's answer cannot be read",
    "forbidden": "Jupiter forbids this request",
    "rate_limited": "Jupiter allows no more requests for now",
    "server_error": "Jupiter failed",
    "timeout": "Jupiter is silent",
    "unauthorised": "Jupiter does not accept the API key",
    "unreachable": "Jupiter cannot be reached",
}
