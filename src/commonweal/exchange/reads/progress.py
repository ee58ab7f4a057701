"""How far the work on a file is, and whether it broke."""

from dataclasses import dataclass

from commonweal.common.models import Work
from commonweal.common.work import GOES_ON, going_on, latest
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.words import PIECES, BatchState


@dataclass
class Progress:
    """The work that a batch's state calls for; none where the batch waits for people."""

    batch: ImportBatch
    work: Work | None

    @property
    def is_at_work(self) -> bool:
        """True while something waits for a worker or is being done."""
        return self.work is not None and self.work.state in GOES_ON

    @property
    def has_failed(self) -> bool:
        """True when the state calls for work and nothing does it: it broke or died. Nothing is half done."""
        return BatchState(self.batch.state) in PIECES and not self.is_at_work

    @property
    def may_stop(self) -> bool:
        """True while a stop is still heard; taking back cannot be stopped."""
        is_asked = self.work is not None and self.work.cancel_asked and self.is_at_work
        return self.batch.state in (BatchState.LOOKING, BatchState.BRINGING_IN) and not is_asked


def progress_of(batch: ImportBatch) -> Progress:
    """How far a batch is; two queries."""
    return Progress(batch, work_on(batch))


def work_on(batch: ImportBatch) -> Work | None:
    """The work that the batch's state calls for: what goes on, else the last that was asked for."""
    piece = PIECES.get(BatchState(batch.state))
    if piece is None:
        return None
    return going_on(piece, batch.pk) or latest(piece, batch.pk)
