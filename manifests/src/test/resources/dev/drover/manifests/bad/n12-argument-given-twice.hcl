job "web" {
  group "app" {
    task "api" {
      driver = "jail"

      config {
        path          = "/zroot/web"
        exec_start    = "/bin/web"
        exec_prestart = "ifconfig epair0 create"
        exec_prestart = "ifconfig bridge0 addm epair0a"
      }
    }
  }
}
