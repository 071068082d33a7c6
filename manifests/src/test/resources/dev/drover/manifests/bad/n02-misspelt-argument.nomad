Error getting job struct: Error parsing job file from n02-misspelt-argument.hcl:
n02-misspelt-argument.hcl:4,5-10: Unsupported argument; An argument named "coutn" is not expected here. Did you mean "count"?
