Job validation errors:
2 errors occurred:
	* Invalid job type: "services"
	* Task group app validation failed: 4 errors occurred:
	* Interval can not be less than 5s (got 4s)
	* Nomad can't restart the TaskGroup 3 times in an interval of 4s with a delay of 2s
	* Job type "services" does not allow update block
	* Minimum healthy time must be less than healthy deadline: 2s > 1s
