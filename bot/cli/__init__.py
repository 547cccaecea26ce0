"""The command line: ``assurebot``. Whatever goes wrong ends in one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from storage.model.errors import AssurebotError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; 0 on success, 2 on wrong use, 1 on failure."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except AssurebotError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at exit
        return 1
    except OSError as error:
        return _say(_os_sentence(error), 1)
    except Exception as error:
        return _unexpected(error, debug="--debug" in given)


def _run(given: list[str]) -> int:
    from typer.exceptions import Abort, TyperException

    from bot.cli.app import app

    try:
        result = app(given, prog_name="assurebot", standalone_mode=False)
    except TyperException as error:
        return _say(f"{error.format_message()} Type “assurebot --help” to see how.", error.exit_code)
    except Abort:
        return 130
    return result if isinstance(result, int) else 0


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(sentence.rstrip() + "\n")
    return code


def _os_sentence(error: OSError) -> str:
    where = f" {error.filename}:" if error.filename else ""
    return f"The system refused:{where} {error.strerror or error}. Check the path, the rights and the space left."


def _unexpected(error: Exception, *, debug: bool) -> int:
    from bot import logs

    if debug:
        raise error
    number = logs.problem(error)
    return _say(
        f"Something went wrong inside Assurebot (problem {number}): the same command after “assurebot --debug” shows where.",
        1,
    )
