"""The files themselves, sealed in pieces in the uploads until they have been read."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction

from commonweal.common.ids import new_id
from commonweal.common.resealing import anew
from commonweal.common.sealed import Keyring, keyring
from commonweal.exchange.models import ImportBatch, ImportRow, SavedMapping
from commonweal.exchange.reads.workbook import sheets_brought
from commonweal.exchange.rules.guarding import cleaned
from commonweal.exchange.rules.guessing import Column, guessed_columns, guessed_date_order, guessed_kind, sees_refusals
from commonweal.exchange.rules.headers import LOOKED_AT, found_layout
from commonweal.exchange.rules.limits import MOST_BYTES, FileRefused
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.tables import Row, TableFile, open_table
from commonweal.exchange.words import BatchState
from commonweal.ledger.writes import record

PIECE = 1 << 20
LEFT_FOR_WORK = 100 << 20
"""Bytes that no file may take from the disk: whoever writes down an ask goes on when there is no room for a list."""
MOST_SHEETS = 12  # looked at for those that hold a list
NAME = 80


def folder_of(batch: UUID) -> Path:
    """Where the pieces of a batch's file lie; nobody but the program reads there."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(batch)


def bring_file(
    *,
    name: str,
    pieces: Iterable[bytes],
    by: UUID,
    at: datetime,
    region: str = "US",
    sheet: int | None = None,
    occasion: str = "",
) -> ImportBatch:
    """Takes a file in, sealed, with a first guess of how to read it; of a workbook that sheet, else the likeliest
    of those that she has not brought yet. `occasion`: the act of rows that name none. Raises FileRefused; then nothing
    stays."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > MOST_BYTES:
            raise FileRefused("bytes")
    whole = bytes(content)
    del content
    table = open_table(whole)
    mark = keyring().blind(hashlib.sha256(whole).hexdigest(), "upload")
    tables = tables_in(table)
    if sheet is None:
        brought = sheets_brought(ImportBatch.objects.filter(brought_by=by), mark)
        sheet = likely_sheet([one for one in tables if one.place not in brought] or tables)
    reading = guessed_reading(table, sheet=sheet, region=region)
    reading.usual_occasion = reading.usual_occasion or occasion
    reading.sheets = [[one.place, one.name[:NAME], one.kind] for one in tables if one.has_header]
    if not any(
        line >= reading.first_line and line != reading.header_line for line, _ in first_rows(table, reading.sheet)
    ):
        raise FileRefused("no_rows")
    batch = ImportBatch(id=new_id(), file_name=cleaned(name)[-200:], content_print=mark, brought_by=by, brought_at=at)
    batch.kind, batch.settings = reading.kind, reading.to_json()
    batch.pieces = _store(batch.pk, whole)
    try:
        with transaction.atomic():
            batch.save()
            record("brought_file", by=by, at=at, subject_kind="import", subject=batch.pk, facts={"bytes": len(whole)})
    except BaseException:
        remove_file(batch.pk)
        raise
    return batch


def _store(batch: UUID, whole: bytes) -> int:
    folder = folder_of(batch)
    ring, count = keyring(), 0
    try:
        folder.mkdir(parents=True, mode=0o700)
        room = os.statvfs(folder.parent)
        if room.f_bavail * room.f_frsize < LEFT_FOR_WORK + 2 * len(whole):
            raise OSError(errno.ENOSPC, "what is left is for those who write down what they see")
        for start in range(0, len(whole), PIECE):
            sealed = ring.seal(whole[start : start + PIECE].decode("latin-1"), f"upload:{batch}:{count}")
            (folder / str(count)).write_bytes(sealed)
            count += 1
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FileRefused("full") from None
        raise
    return count


def content_of(batch: ImportBatch) -> bytes:
    """The file again. Raises FileRefused("gone") when it was removed."""
    ring = keyring()
    try:
        return b"".join(
            ring.open((folder_of(batch.pk) / str(number)).read_bytes(), f"upload:{batch.pk}:{number}").encode("latin-1")
            for number in range(batch.pieces)
        )
    except FileNotFoundError:
        raise FileRefused("gone") from None


def pieces_of_older_keys(ring: Keyring) -> Iterator[tuple[Path, str]]:
    """The pieces of files that another key than the ring's first one sealed, with what each is bound to."""
    for batch, pieces in ImportBatch.objects.filter(pieces__gt=0).values_list("pk", "pieces"):
        for number in range(pieces):
            piece = folder_of(batch) / str(number)
            try:
                with piece.open("rb") as file:
                    older = file.read(1) != bytes([ring.keys[0][0]])
            except FileNotFoundError:
                continue
            if older:
                yield piece, f"upload:{batch}:{number}"


def reseal_files(ring: Keyring) -> int:
    """Seals with the ring's first key what another one sealed of the files; how many pieces. It can stop anywhere."""
    done = 0
    for piece, bound_to in pieces_of_older_keys(ring):
        aside = piece.with_name(f".{piece.name}")
        try:
            fresh = anew(ring, piece.read_bytes(), bound_to)
            if fresh:
                aside.write_bytes(fresh)
                aside.replace(piece)
                done += 1
        except FileNotFoundError:  # removed meanwhile
            continue
    return done


def remove_file(batch: UUID) -> None:
    """Removes the pieces of a batch's file."""
    shutil.rmtree(folder_of(batch), ignore_errors=True)


def first_rows(table: TableFile, sheet: int = 0) -> list[Row]:
    """The first rows of a table."""
    rows: list[Row] = []
    for row in table.rows(sheet):
        rows.append(row)
        if len(rows) >= LOOKED_AT:
            break
    if not rows:
        raise FileRefused("empty")
    return rows


class SheetSeen(NamedTuple):
    """A sheet of a workbook as its first rows show it; `score` says how much it looks like a list."""

    place: int
    name: str
    kind: str
    has_header: bool
    score: int


def tables_in(table: TableFile) -> list[SheetSeen]:
    """The sheets of a workbook that hold rows, in their order; none for a text."""
    found = []
    for place, name in enumerate(table.sheets[:MOST_SHEETS]):
        try:
            rows = first_rows(table, place)
        except FileRefused:
            continue
        layout = found_layout(rows)
        kind = guessed_kind(layout.titles)
        known = sum(1 for column in guessed_columns(kind, layout.titles, []) if column.field)
        below = sum(1 for line, cells in rows if line >= layout.first_line and sum(1 for cell in cells if cell) > 1)
        has_header = bool(below and known and layout.header_line)
        found.append(SheetSeen(place, name, kind, has_header, min(known, 4) * 10 * has_header + min(below, 5)))
    return found


def likely_sheet(sheets: list[SheetSeen]) -> int:
    """The sheet that looks most like a list: with known titles and rows below. A cover, notes or an empty sheet
    before it are passed over."""
    return max(sheets, key=lambda one: one.score, default=SheetSeen(0, "", "", False, 0)).place


def guessed_reading(
    table: TableFile, *, sheet: int = 0, header_line: int | None = None, kind: str = "", region: str = "US"
) -> Reading:
    """A first reading of a table: what was remembered for this header, else a guess."""
    rows = first_rows(table, sheet)
    layout = found_layout(rows, header_line)
    samples = [cells for line, cells in rows if line >= layout.first_line]
    reading = Reading(encoding=table.encoding, delimiter=table.delimiter, sheet=sheet, region=region)
    reading.header_line, reading.first_line, reading.titles = layout.header_line, layout.first_line, layout.titles
    saved = SavedMapping.objects.filter(signature=layout.signature).first() if layout.signature else None
    if saved and (not kind or saved.kind == kind) and len(saved.settings.get("columns", ())) == len(layout.titles):
        return Reading.from_json({**reading.to_json(), **saved.settings})
    reading.kind = kind or guessed_kind(layout.titles)
    columns = guessed_columns(reading.kind, layout.titles, samples)
    reading.columns = [[column.field, column.detail] for column in columns]
    if not kind and reading.kind == "people" and not _holds_people(columns):
        reading.columns = [["", ""] for _ in columns]
    texts = [
        cells[place]
        for cells in samples
        for place, one in enumerate(columns)
        if one.field in ("on", "born_on") and place < len(cells)
    ]
    reading.date_order = guessed_date_order([*texts, *layout.titles])
    reading.marks = "asked" if sees_refusals(samples, reading.marked_columns) else "yes_only"
    return reading


def keep_reading(batch: UUID, reading: Reading) -> None:
    """Keeps how a file is to be read, so that what is corrected next is corrected in this reading."""
    open_ones = ImportBatch.objects.filter(
        pk=batch, state__in=(BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED)
    )
    open_ones.update(kind=reading.kind, settings=reading.to_json())


def _holds_people(columns: list[Column]) -> bool:
    return any(
        column.field in ("name", "given_name", "family_name", "own_id", "outside_number", "phone", "email")
        for column in columns
    )


def put_aside(batch: ImportBatch, *, by: UUID | None, at: datetime) -> None:
    """Forgets a batch that was not brought in: its file, its rows, its name. A batch that did something is left alone."""
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state not in (BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED):
            return
        ImportRow.objects.filter(batch=locked).delete()
        locked.state, locked.pieces, locked.file_name, locked.found, locked.choices, locked.answers = (
            BatchState.DROPPED,
            0,
            "",
            {},
            {},
            {},
        )
        locked.save()
        record("put_aside_file", by=by, at=at, subject_kind="import", subject=batch.pk)
    remove_file(batch.pk)
