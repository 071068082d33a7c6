# A service that greets once a second until somebody stops it.
job "hello" {
  datacenters = ["dc1"]

  group "greeters" {
    count = 2

    task "greeter" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "while :; do echo \"hello from $NOMAD_ALLOC_NAME\"; sleep 1; done"]
      }

      resources {
        cpu    = 50
        memory = 32
      }
    }
  }
}
