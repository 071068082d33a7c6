n14-group-in-a-group.hcl:3,5-10: Unsupported argument; An argument named "group" is not expected here.
