# The same program in a jail that the node's own driver makes: exit code, logs, limits and removal are its work.
variable "root" {
  default = "/tmp/drover-article/root" # FreeBSD: /zroot/jails/build
}

job "http-echo" {
  datacenters = ["dc1"]
  group "example" {
    task "hello" {
      driver = "jail-task-driver"
      config {
        Path       = var.root
        Exec_start = "/usr/local/bin/http-echo -listen :5678 -text hello"
      }
      resources {
        network {
          mbits = 10
          port "http" {
            static = "5678"
          }
        }
      }
    }
  }
}
