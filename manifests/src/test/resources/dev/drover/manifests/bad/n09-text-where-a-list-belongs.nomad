n09-text-where-a-list-belongs.hcl:2,17-20: Unsuitable value type; Unsuitable value: list of string required, but have string
