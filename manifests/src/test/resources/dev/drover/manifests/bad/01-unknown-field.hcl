job "web" {
  datacenters = ["dc1"]
  piority = 50

  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
