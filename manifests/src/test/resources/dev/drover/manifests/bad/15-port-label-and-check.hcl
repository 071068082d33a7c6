job "web" {
  datacenters = ["dc1"]

  group "app" {
    network {
      port "http" {}
    }

    service {
      name = "web"
      port = "htpt"

      check {
        type     = "http"
        path     = "/"
        interval = "10s"
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
