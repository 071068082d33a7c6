job "web" {
  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }

    restrat {
      attempts = 3
    }
  }
}
