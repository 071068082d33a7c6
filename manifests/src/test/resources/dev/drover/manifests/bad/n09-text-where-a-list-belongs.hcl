job "web" {
  datacenters = "dc1"

  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
