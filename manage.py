#!/usr/bin/env python
"""Run a management command of the site."""

import errno
import io
import os
import sys


def main() -> None:
    """Run the command that the arguments name; what is no fault of the code ends in words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    # a stream that the caller has closed is None
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell counts a command that Ctrl-C has ended
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC):
            raise
        # what is still to be printed would fail again when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1 if error.errno == errno.EPIPE else error.strerror)


if __name__ == "__main__":
    main()
