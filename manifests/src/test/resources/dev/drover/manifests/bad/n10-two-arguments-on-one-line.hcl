job "web" {
  group "app" {
    network {
      port "http" { static = 80 to = 8080 }
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
