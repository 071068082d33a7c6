Error getting job struct: Error parsing job file from n01-two-equals-signs.hcl:
n01-two-equals-signs.hcl:4,13-14: Invalid expression; Expected the start of an expression, but found an invalid expression token.
