job "web" {
  group "app" {
    {{ range services }}
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
