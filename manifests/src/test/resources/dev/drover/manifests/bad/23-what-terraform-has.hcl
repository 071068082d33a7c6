locals {
  names = toset(["b", "a"])
  plain = startswith("web-1", "web")
}

job "web" {
  priority = 50.5

  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = templatefile("run.tpl", {})
      }
    }
  }
}
