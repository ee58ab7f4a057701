"""How files with this header were read the last time somebody checked it."""

from commonweal.exchange.models import ImportBatch, SavedMapping
from commonweal.exchange.rules.headers import Layout
from commonweal.exchange.rules.mapping import Reading


def remembered_mapping(batch: ImportBatch, reading: Reading) -> SavedMapping | None:
    """The mapping of an earlier file with the header of this one, when the columns stand as it says."""
    signature = Layout(reading.header_line, reading.first_line, reading.titles).signature
    if not signature:
        return None
    saved = SavedMapping.objects.filter(signature=signature, used_at__lt=batch.brought_at).first()
    return saved if saved and saved.settings.get("columns") == reading.columns else None
