Error getting job struct: Error parsing job file from n23-heredoc-without-its-end.hcl:
n23-heredoc-without-its-end.hcl:19,1-1: Unterminated template string; No closing marker was found for the string.
