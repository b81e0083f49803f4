"""Link one relocatable object of ``clang -target bpfel`` into an sBPF v0 shared object.

The image holds code and read-only data at the addresses where the VM maps them, so the loader relocates nothing but
calls of system functions, which become dynamic symbols. The output depends on the input alone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

__all__ = ["LinkError", "link"]

_PROGRAM_BASE = 1 << 32
"""Where the VM maps the image."""
_MACHINE_BPF = 247
_RELOCATABLE, _SHARED_OBJECT = 1, 3
_EXECUTABLE, _ALLOCATED, _WRITABLE = 4, 2, 1
_SECTION_SYMBOL = 3
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_PAIR = struct.Struct("<QQ")
_SEGMENTS = 3
_TEXT_AT = _HEADER.size + _SEGMENTS * _SEGMENT.size


class LinkError(ValueError):
    """The object cannot become a program; the message names what is in the way."""


class _Kind(IntEnum):
    PROGBITS = 1
    SYMTAB = 2
    STRTAB = 3
    RELA = 4
    DYNAMIC = 6
    NOBITS = 8
    REL = 9
    DYNSYM = 11


class _Relocation(IntEnum):
    IMMEDIATE_64 = 1
    """Of the two-slot load: an address in read-only data."""
    DATA_64 = 2
    CALL = 10


class _Section(NamedTuple):
    name: str
    kind: int
    flags: int
    body: bytes
    link: int
    info: int
    alignment: int


class _Symbol(NamedTuple):
    name: str
    kind: int
    section: int
    value: int


def link(compiled: bytes, entry: str = "entrypoint") -> bytes:
    """Return the image of ``compiled`` that starts at the function ``entry``.

    Raises LinkError for anything that an sBPF program cannot have: writable data, a second code section, relocations
    of other kinds, no entry.
    """
    sections = _read_sections(compiled)
    symbols = _read_symbols(sections)
    layout = _lay_out(sections)
    for target, section in enumerate(sections):
        if section.kind in (_Kind.REL, _Kind.RELA) and section.info in layout.parts:
            if section.kind == _Kind.RELA:
                raise LinkError(f"relocations with addends in section {target}")
            for at, kind, symbol in _relocations(section, symbols):
                _relocate(layout, section.info, at, kind, symbol)
    start = next((s.value for s in symbols if s.name == entry and s.section == layout.text), None)
    if start is None:
        raise LinkError(f"no function {entry}")
    return _image(layout, _TEXT_AT + start)


def _read_sections(compiled: bytes) -> list[_Section]:
    if compiled[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<HH", compiled, 16) != (_RELOCATABLE, _MACHINE_BPF):
        raise LinkError("not a relocatable object of the little-endian BPF target")
    _, _, _, _, _, _, table, _, _, _, _, _, count, names_index = _HEADER.unpack_from(compiled)
    headers = [_SECTION.unpack_from(compiled, table + _SECTION.size * i) for i in range(count)]
    names = headers[names_index][4]
    return [
        _Section(
            name=_text_at(compiled, names + name),
            kind=kind,
            flags=flags,
            body=b"" if kind == _Kind.NOBITS else compiled[offset : offset + size],
            link=linked,
            info=info,
            alignment=max(alignment, 1),
        )
        for name, kind, flags, _, offset, size, linked, info, alignment, _ in headers
    ]


def _read_symbols(sections: list[_Section]) -> list[_Symbol]:
    table = next(section for section in sections if section.kind == _Kind.SYMTAB)
    names = sections[table.link].body
    return [
        _Symbol(_text_at(names, name), info & 15, section, value)
        for name, info, _, section, value, _ in _SYMBOL.iter_unpack(table.body)
    ]


def _text_at(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode()


@dataclass
class _Layout:
    """The loaded part of the image: section index to bytes and to offset, which is also the address."""

    text: int
    parts: dict[int, bytearray] = field(default_factory=dict)
    offsets: dict[int, int] = field(default_factory=dict)
    end: int = _TEXT_AT
    calls: list[tuple[int, str]] = field(default_factory=list)
    """Offset in the text and name of the system function, for every call of one."""

    def add(self, index: int, section: _Section) -> None:
        self.end = _align(self.end, section.alignment)
        self.parts[index] = bytearray(section.body)
        self.offsets[index] = self.end
        self.end += len(section.body)

    def address(self, symbol: _Symbol) -> int:
        if symbol.section not in self.offsets:
            raise LinkError(f"the address of {symbol.name or symbol.section} is needed, which is not in the image")
        return _PROGRAM_BASE + self.offsets[symbol.section] + symbol.value


def _lay_out(sections: list[_Section]) -> _Layout:
    text = next(index for index, section in enumerate(sections) if section.name == ".text")
    layout = _Layout(text)
    layout.add(text, sections[text])
    for index, section in enumerate(sections):
        if index == text or not section.flags & _ALLOCATED:
            continue
        if section.kind == _Kind.NOBITS or section.flags & (_WRITABLE | _EXECUTABLE):
            raise LinkError(f"section {section.name} is writable or holds more code")
        if section.body:
            layout.add(index, section)
    return layout


def _relocations(section: _Section, symbols: list[_Symbol]) -> Iterator[tuple[int, int, _Symbol]]:
    for at, info in _PAIR.iter_unpack(section.body):
        yield at, info & 0xFFFFFFFF, symbols[info >> 32]


def _relocate(layout: _Layout, section: int, at: int, kind: int, symbol: _Symbol) -> None:
    part = layout.parts[section]
    in_text = section == layout.text
    if in_text and kind == _Relocation.CALL:
        _relocate_call(layout, part, at, symbol)
    elif in_text and kind == _Relocation.IMMEDIATE_64:
        (addend,) = struct.unpack_from("<I", part, at + 4)
        address = layout.address(symbol) + addend
        struct.pack_into("<I", part, at + 4, address & 0xFFFFFFFF)
        struct.pack_into("<I", part, at + 12, address >> 32)
    elif not in_text and kind == _Relocation.DATA_64:
        (addend,) = struct.unpack_from("<Q", part, at)
        struct.pack_into("<Q", part, at, layout.address(symbol) + addend)
    else:
        raise LinkError(f"relocation of kind {kind} against {symbol.name or symbol.section}")


def _relocate_call(layout: _Layout, text: bytearray, at: int, symbol: _Symbol) -> None:
    if symbol.section == 0:
        text[at + 1] &= 0x0F  # the source register tells the loader that the target is not in the text
        struct.pack_into("<i", text, at + 4, -1)
        layout.calls.append((at, symbol.name))
        return
    if symbol.section != layout.text:
        raise LinkError(f"a call of {symbol.name}, which is no code")
    target = symbol.value
    if symbol.kind == _SECTION_SYMBOL:
        (addend,) = struct.unpack_from("<i", text, at + 4)
        target = (addend + 1) * 8
    struct.pack_into("<i", text, at + 4, (target - at - 8) // 8)


class _Placed(NamedTuple):
    """A section of the finished image."""

    name: str
    kind: int
    flags: int
    at: int
    body: bytes
    link: str = ""
    info: int = 0
    alignment: int = 8
    entry_size: int = 0


def _image(layout: _Layout, start: int) -> bytes:
    loaded = _loaded_sections(layout)
    dynamic = _dynamic_sections(layout)
    names_at = dynamic[-1].at + len(dynamic[-1].body)
    names = ["", *(section.name for section in (*loaded, *dynamic)), ".shstrtab"]
    names_body = b"".join(name.encode() + b"\0" for name in names)
    placed = [*loaded, *dynamic, _Placed(".shstrtab", _Kind.STRTAB, 0, names_at, names_body, alignment=1)]
    table_at = _align(names_at + len(names_body), 8)
    image = bytearray(table_at)
    ident = b"\x7fELF\x02\x01\x01".ljust(16, b"\0")
    sizes = (_HEADER.size, _SEGMENT.size, _SEGMENTS, _SECTION.size, len(names), len(names) - 1)
    header = (ident, _SHARED_OBJECT, _MACHINE_BPF, 1, start, _HEADER.size, table_at, 0)
    _HEADER.pack_into(image, 0, *header, *sizes)
    image[_HEADER.size : _TEXT_AT] = _segments(layout, dynamic[0], names_at)
    for section in placed:
        image[section.at : section.at + len(section.body)] = section.body
    return bytes(image) + _section_table(placed, names)


def _loaded_sections(layout: _Layout) -> list[_Placed]:
    text = bytes(layout.parts[layout.text])
    loaded = [_Placed(".text", _Kind.PROGBITS, _ALLOCATED | _EXECUTABLE, _TEXT_AT, text)]
    constants = [index for index in layout.parts if index != layout.text]
    if constants:
        first = layout.offsets[constants[0]]
        body = bytearray(layout.end - first)
        for index in constants:
            at = layout.offsets[index] - first
            body[at : at + len(layout.parts[index])] = layout.parts[index]
        loaded.append(_Placed(".rodata", _Kind.PROGBITS, _ALLOCATED, first, bytes(body), alignment=1))
    return loaded


def _dynamic_sections(layout: _Layout) -> list[_Placed]:
    functions = list(dict.fromkeys(name for _, name in layout.calls))
    strings = b"\0"
    symbols = bytes(_SYMBOL.size)
    for name in functions:
        symbols += _SYMBOL.pack(len(strings), 0x10, 0, 0, 0, 0)
        strings += name.encode() + b"\0"
    calls = b"".join(
        _PAIR.pack(_TEXT_AT + at, functions.index(name) + 1 << 32 | _Relocation.CALL) for at, name in layout.calls
    )
    dynamic_at = _align(layout.end, 8)
    symbols_at = dynamic_at + 8 * _PAIR.size
    strings_at = symbols_at + len(symbols)
    calls_at = _align(strings_at + len(strings), 8)
    # The loader refuses a relocation table of size 0, so a program without system calls has none.
    relocation = [(17, calls_at), (18, len(calls)), (19, _PAIR.size)] if calls else []
    entries = [*relocation, (6, symbols_at), (11, _SYMBOL.size), (5, strings_at), (10, len(strings))]
    dynamic = b"".join(_PAIR.pack(*entry) for entry in entries).ljust(8 * _PAIR.size, b"\0")
    return [
        _Placed(".dynamic", _Kind.DYNAMIC, _ALLOCATED | _WRITABLE, dynamic_at, dynamic, ".dynstr", entry_size=16),
        _Placed(".dynsym", _Kind.DYNSYM, _ALLOCATED, symbols_at, symbols, ".dynstr", 1, entry_size=_SYMBOL.size),
        _Placed(".dynstr", _Kind.STRTAB, _ALLOCATED, strings_at, strings, alignment=1),
        _Placed(".rel.dyn", _Kind.REL, _ALLOCATED, calls_at, calls, ".dynsym", entry_size=_PAIR.size),
    ]


def _segments(layout: _Layout, dynamic: _Placed, end: int) -> bytes:
    loadable, dynamic_kind = 1, 2
    code = (loadable, 5, _TEXT_AT, layout.end - _TEXT_AT)
    tables = (loadable, 4, dynamic.at, end - dynamic.at)
    pointers = (dynamic_kind, 6, dynamic.at, len(dynamic.body))
    return b"".join(
        _SEGMENT.pack(kind, rights, at, at, at, size, size, 8) for kind, rights, at, size in (code, tables, pointers)
    )


def _section_table(placed: list[_Placed], names: list[str]) -> bytes:
    table = bytes(_SECTION.size)
    for section in placed:
        name_at = sum(len(name) + 1 for name in names[: names.index(section.name)])
        address = section.at if section.flags & _ALLOCATED else 0
        linked = names.index(section.link) if section.link else 0
        table += _SECTION.pack(
            name_at,
            section.kind,
            section.flags,
            address,
            section.at,
            len(section.body),
            linked,
            section.info,
            section.alignment,
            section.entry_size,
        )
    return table


def _align(at: int, alignment: int) -> int:
    return -(-at // alignment) * alignment
