"""How a printed line is read aloud: numbers, codes, addresses, signs and pauses."""

from tingbao.script.reading.speaking import Spoken, read

__all__ = ["Spoken", "read"]
