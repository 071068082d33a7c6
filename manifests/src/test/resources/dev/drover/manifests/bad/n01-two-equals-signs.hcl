job "web" {
  group "app" {
    # one too many
    count = = 3

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
