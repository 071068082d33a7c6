job "web" {
  group "app" {
    count = 2

    update {
      canary = 3
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
