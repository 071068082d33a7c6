job "web" {
  datacenters = ["dc1"]

  group "app" {
    count = "three"
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
