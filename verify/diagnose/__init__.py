"""Which mistake explains a wrong link: an edit that makes it one that is proved."""

from verify.diagnose.diagnosis import Diagnosis, Explanation
from verify.diagnose.explain import Told, explain_link
from verify.diagnose.search import diagnose

__all__ = ["Diagnosis", "Explanation", "Told", "diagnose", "explain_link"]
