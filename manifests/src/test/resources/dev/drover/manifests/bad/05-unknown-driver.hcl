job "web" {
  datacenters = ["dc1"]

  group "app" {
    task "api" {
      driver = "raw_exce"

      config {
        command = "/bin/true"
      }
    }
  }
}
