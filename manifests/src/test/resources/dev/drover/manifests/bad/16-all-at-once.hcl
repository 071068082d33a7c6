job "web" {
  datacenters = ["dc1"]
  piority = 50

  group "app" {
    count = "three"
    task "api" {
      drver = "raw_exec"
      kill_timeout = "5 sec"

      config {
        command = "/bin/true"
      }
    }
  }
}
