job "web" {
  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }

    restart {
      attempts = 2
    }

    restart {
      mode = "fail"
    }
  }
}
