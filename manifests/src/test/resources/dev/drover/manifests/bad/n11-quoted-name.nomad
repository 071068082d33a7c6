n11-quoted-name.hcl:7,9-10: Invalid argument name; Argument names must not be quoted.
