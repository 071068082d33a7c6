job "web" {
  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }

      template {
        data        = file("template.tmpl")
        destination = "local/web.conf"
      }
    }
  }
}
