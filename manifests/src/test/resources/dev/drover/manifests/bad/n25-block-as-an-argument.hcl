job "web" {
  group "app" {
    service = {
      name = "web"
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
