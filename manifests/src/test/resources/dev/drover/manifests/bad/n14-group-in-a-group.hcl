job "web" {
  group "app" {
    group = "other"

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
