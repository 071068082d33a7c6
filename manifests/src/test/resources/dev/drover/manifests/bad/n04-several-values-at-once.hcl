job "web" {
  type = "services"

  group "app" {
    restart {
      attempts = 3
      interval = "4s"
      delay    = "2s"
    }

    update {
      min_healthy_time = "2s"
      healthy_deadline = "1s"
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
