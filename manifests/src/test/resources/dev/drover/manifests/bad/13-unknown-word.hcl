job "web" {
  datacenters = ["dc1"]
  type = "servce"

  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
