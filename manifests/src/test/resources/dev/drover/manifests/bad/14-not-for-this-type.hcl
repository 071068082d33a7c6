job "web" {
  datacenters = ["dc1"]
  type = "batch"

  group "app" {
    update {
      canary = 1
    }
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
