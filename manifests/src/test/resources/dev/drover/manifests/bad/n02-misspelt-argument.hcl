job "web" {
  group "app" {
    # letters swapped
    coutn = 3

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
