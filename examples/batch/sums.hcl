# A batch job: three copies, each adds up its own share of the numbers to 3,000 and ends.
job "sums" {
  datacenters = ["dc1"]
  type        = "batch"

  group "adders" {
    count = 3

    task "add" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "seq $((NOMAD_ALLOC_INDEX * 1000 + 1)) $((NOMAD_ALLOC_INDEX * 1000 + 1000)) | awk '{ s += $1 } END { print s }'"]
      }

      resources {
        cpu    = 50
        memory = 32
      }
    }
  }
}
