"""How claims are decided: trusted, and small; the only place that makes Proved and Refuted."""
