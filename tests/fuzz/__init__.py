"""Every reader of foreign bytes, fed with broken ones: it answers or refuses with a sentence, quickly and small.

`run` is the long form with atheris (coverage leads it to new inputs); the ordinary tests try a few hundred mutations.
"""

from tests.fuzz.runner import run

__all__ = ["run"]
