"""Makes a sealing pair for a deployment: `python -m birge_common.security.new_sealing_keys 2027`.

Give the first line to ingest alone and the second to awards alone, joined by a comma with the
private halves of the cycles that still run.
"""

import sys

from birge_common.security.sealing import new_sealing_pair


def main() -> None:
    """Print both halves as settings; the argument is the key's id, such as the cycle."""
    match sys.argv[1:]:
        case [key_id]:
            public, private = new_sealing_pair(key_id)
            sys.stdout.write(
                f"BIRGE_SEALING__PUBLIC_KEY={public}\nBIRGE_SEALING__PRIVATE_KEYS={private}\n"
            )
        case _:
            sys.exit("Name the key, for example by its cycle: new_sealing_keys 2027")


if __name__ == "__main__":
    main()
