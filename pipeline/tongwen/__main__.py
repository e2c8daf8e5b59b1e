"""``python -m tongwen``, for who has the package and not its command on the PATH."""

from tongwen.cli import main

main()
