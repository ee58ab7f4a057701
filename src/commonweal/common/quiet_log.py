"""Keeps people out of the logs."""

import logging
import traceback


class WithoutPeople(logging.Filter):
    """Keeps of a line only its words as they stand in the code, of an exception only its kind and places
    in the code, and of a request only its method, the pattern of its address and its status.

    What is filled into the words, what an exception says, local values, paths, addresses and query
    strings never reach the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        words = str(record.msg)
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            parts = (getattr(request, "method", "?"), match.route if match else "?", getattr(record, "status_code", ""))
            words = " ".join(str(part) for part in parts).strip()
            record.request = None
        elif isinstance(record.msg, BaseException):
            words = type(record.msg).__name__
        if record.exc_info and record.exc_info[0]:
            places = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
            # Whoever caught it may have put its message into the words: a request's line alone is kept.
            begun = f"{words} " if request is not None else ""
            words = f"{begun}{record.exc_info[0].__name__}: {' > '.join(places)}"
        # A percent sign left in the words is no blank any more.
        record.msg, record.args = words, ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True
