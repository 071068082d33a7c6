job "web" {
  group "app" {
    task "api" {
      driver "raw_exec" {
        command = "/bin/web"
      }
    }
  }
}
