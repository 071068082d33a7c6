Error getting job struct: Error parsing job file from n22-block-given-twice.hcl:
n22-block-given-twice.hcl:15,5-12: Duplicate restart block; Only one restart block is allowed. Another was defined at n22-block-given-twice.hcl:11,5-12.
