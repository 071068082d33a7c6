job "web" {
  datacenters = ["dc1"]

  group "app" {
    network {
      port "http" {
        static = 80800
      }
    }
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
