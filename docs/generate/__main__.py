"""Write the pages, or check them with --check."""

import sys

from docs.generate import stale_pages, write_pages

if sys.argv[1:] not in ([], ["--check"]):
    sys.exit("Usage: python -m docs.generate [--check]")
if "--check" in sys.argv:
    stale = stale_pages()
    if stale:
        sys.exit(f"Not what the code says: {', '.join(stale)} in docs/look-up. Run: make docs")
else:
    write_pages()
