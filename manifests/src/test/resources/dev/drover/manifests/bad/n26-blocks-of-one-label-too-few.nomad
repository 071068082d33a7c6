Error getting job struct: Error parsing job file from n26-blocks-of-one-label-too-few.hcl:
n26-blocks-of-one-label-too-few.hcl:3,20-20: Missing required argument; The argument "labels" is required, but no definition was found.
