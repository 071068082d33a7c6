n10-two-arguments-on-one-line.hcl:4,33-35: Invalid single-argument block definition; A single-line block definition must end with a closing brace immediately after its single argument definition.
