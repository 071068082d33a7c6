Error getting job struct: Error parsing job file from n24-argument-as-a-block.hcl:
n24-argument-as-a-block.hcl:4,7-13: Unsupported block type; Blocks of type "driver" are not expected here. Did you mean to define argument "driver"? If so, use the equals sign to assign it a value.
