Error getting job struct: Error parsing job file from n20-misspelt-function-and-reference.hcl:
n20-misspelt-function-and-reference.hcl:8,15-19: Call to unknown function; There is no function named "uper". Did you mean "upper"?
n20-misspelt-function-and-reference.hcl:8,15-20: Unsuitable value type; Unsuitable value: value must be known
n20-misspelt-function-and-reference.hcl:9,18-24: Unsupported attribute; This object does not have an attribute named "imgae".
n20-misspelt-function-and-reference.hcl:9,15-24: Unsuitable value type; Unsuitable value: value must be known
