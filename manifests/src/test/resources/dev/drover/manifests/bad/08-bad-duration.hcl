job "web" {
  datacenters = ["dc1"]

  group "app" {
    restart {
      delay = "30 seconds"
    }
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
