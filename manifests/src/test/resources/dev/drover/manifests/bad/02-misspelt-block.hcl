job "web" {
  datacenters = ["dc1"]

  gruop "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/true"
      }
    }
  }
}
