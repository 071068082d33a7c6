n08-file-that-is-not-there.hcl:11,23-28: Error in function call; Call to function "file" failed: no file exists at template.tmpl.
n08-file-that-is-not-there.hcl:11,23-28: Unsuitable value type; Unsuitable value: value must be known
