"""Warm kernels: Jupyter kernels forked from a process that has imported what chapters import.

`provisioner` is the entry point that jupyter_client knows; `template` is the process that forks,
`forked` what a fork does to become a kernel, `link` what the two sides say to each other.
"""

# The name of the provisioner among jupyter_client's entry points, and the variable by which
# jupyter_client lets it be chosen for every kernel that names none.
PROVISIONER = "fremskudt-warm"
PROVISIONER_VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
