"""Files that were sent, by their ids and by the path they are fetched from."""

from dataclasses import dataclass
from itertools import count

KINDS = {"photo": ("photos", "jpg"), "voice": ("voice", "oga"), "sticker": ("stickers", "webp"),
         "document": ("documents", "bin"), "video": ("videos", "mp4")}  # fmt: skip
LARGEST_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """One file; `json` is how it stands in messages."""

    file_id: str
    path: str
    data: bytes

    @property
    def json(self) -> dict:
        unique = f"U{self.file_id[1:]}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.data)}


class Shelf:
    """Keeps every file. Ids are good for ever, as they are with Telegram."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}
        self._numbers = count(1)

    def put(self, kind: str, data: bytes) -> File:
        """Keep a file of one of the kinds."""
        number = next(self._numbers)
        folder, ending = KINDS[kind]
        file = File(f"F{kind}-{number:06}", f"{folder}/file_{number}.{ending}", data)
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def by_id(self, file_id: object) -> File | None:
        return self._by_id.get(file_id) if isinstance(file_id, str) else None

    def by_path(self, path: str) -> File | None:
        return self._by_path.get(path)


def photo(file: File) -> list[dict]:
    """A photo in the two sizes that a message names; the bytes are the same."""
    return [{**file.json, "width": 90, "height": 67}, {**file.json, "width": 1280, "height": 960}]
