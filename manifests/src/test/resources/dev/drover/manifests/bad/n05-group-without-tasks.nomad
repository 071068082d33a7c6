Job validation errors:
1 error occurred:
	* Task group app validation failed: 1 error occurred:
	* Missing tasks for task group
