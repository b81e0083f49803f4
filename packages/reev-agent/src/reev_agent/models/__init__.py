"""Language models behind one narrow interface, and the OpenAI-compatible endpoint that implements it.

``ChatModel`` takes a conversation with tools and returns one reply; errors are ``ModelError`` with stable codes.
"""

from ._canonical import canonical_request, request_hash, tools_hash
from ._chat import (
    AssistantMessage,
    ChatMessage,
    ChatModel,
    ChatReply,
    ChatRequest,
    SystemMessage,
    ToolMessage,
    ToolRequest,
    UserMessage,
)
from ._endpoint import Endpoint, OpenAiCompatible
from ._errors import ModelError
from ._faults import Fault, transport_fault
from ._network import NetworkPolicy
from ._reply import read_message, read_reply
from ._request import message_json, request_body, sampling_json, tool_json
from ._retries import RetryPolicy
from ._scripted import Script, ScriptedModel
from ._secrets import Secret

__all__ = [
    "AssistantMessage",
    "ChatMessage",
    "ChatModel",
    "ChatReply",
    "ChatRequest",
    "Endpoint",
    "Fault",
    "ModelError",
    "NetworkPolicy",
    "OpenAiCompatible",
    "RetryPolicy",
    "Script",
    "ScriptedModel",
    "Secret",
    "SystemMessage",
    "ToolMessage",
    "ToolRequest",
    "UserMessage",
    "canonical_request",
    "message_json",
    "read_message",
    "read_reply",
    "request_body",
    "request_hash",
    "sampling_json",
    "tool_json",
    "tools_hash",
    "transport_fault",
]
