"""Without JAX, the module that imports it is not looked into for examples."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("jax") else ["jax_judge.py"]
