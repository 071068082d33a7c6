job "web" {
  constraint {
    attribute = "attr.kernel.name"
    value     = "linux"
  }

  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }

      template {
        destination   = "local/web.conf"
        data          = "a"
        change_signal = "SIGHUP"
      }
    }
  }
}
