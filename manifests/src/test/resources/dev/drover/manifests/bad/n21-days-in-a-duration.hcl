job "web" {
  group "app" {
    reschedule {
      # Go has no days
      interval  = "1d"
      attempts  = 2
      unlimited = false
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
