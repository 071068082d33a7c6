Error getting job struct: Error parsing job file from n03-misspelt-block.hcl:
n03-misspelt-block.hcl:11,5-12: Unsupported block type; Blocks of type "restrat" are not expected here. Did you mean "restart"?
