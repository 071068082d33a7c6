job "web" {
  group "app" {
    task "api" {
      driver = "exec"

      config {
        comand = "/bin/web"
      }
    }
  }
}
