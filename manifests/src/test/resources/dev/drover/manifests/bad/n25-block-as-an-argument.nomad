Error getting job struct: Error parsing job file from n25-block-as-an-argument.hcl:
n25-block-as-an-argument.hcl:3,5-12: Unsupported argument; An argument named "service" is not expected here. Did you mean to define a block of type "service"?
