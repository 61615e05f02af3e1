"""Makes the key of a log of acts: `python -m birge_common.transparency.new_log_key NAME`.

The first line is a secret of the program that writes the log; auditors get the second.
"""

import sys

from birge_common.transparency.note import InvalidNote, new_signer


def main() -> None:
    """Print the secret half as a setting, and the public half as auditors write it into a file."""
    match sys.argv[1:]:
        case [name]:
            try:
                signer = new_signer(name)
            except InvalidNote as error:
                sys.exit(f"{error}.")
            sys.stdout.write(f"BIRGE_AWARDS__LOG_KEY={signer.secret()}\n{signer.verifier}\n")
        case _:
            sys.exit("Name the log, for example: new_log_key birge.kz/awards")


if __name__ == "__main__":
    main()
