"""Keeps people out of the logs."""

import logging
import traceback


class WithoutPeople(logging.Filter):
    """Keeps of an exception only its kind and places in the code, and of a request only its method.

    Messages, arguments, local values, paths, addresses and query strings never reach the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "?"
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{request.method} {route} {status}", ()
            record.request = None
        if record.exc_info and record.exc_info[0]:
            places = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
            record.msg = f"{record.getMessage()} {record.exc_info[0].__name__}: {' > '.join(places)}"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True
