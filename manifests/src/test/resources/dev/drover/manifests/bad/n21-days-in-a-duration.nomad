Error getting job struct: Error parsing job file from n21-days-in-a-duration.hcl:
n21-days-in-a-duration.hcl:5,20-22: Unsuitable value type; Unsuitable duration value: time: unknown unit "d" in duration "1d"
