n12-argument-given-twice.hcl:10,9-22: Attribute redefined; The argument "exec_prestart" was already set at n12-argument-given-twice.hcl:9,9-22. Each argument may be set only once.
