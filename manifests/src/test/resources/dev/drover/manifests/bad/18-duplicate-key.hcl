job "web" {
  datacenters = ["dc1"]

  group "app" {
    task "api" {
      driver = "raw_exec"
      driver = "exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
