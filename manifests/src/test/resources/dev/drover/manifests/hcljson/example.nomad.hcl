variable "dc" {
  type    = string
  default = "dc1"
}

variable "n" {
  default = 3
}

locals {
  img = "redis:${var.n}"
}

job "example" {
  datacenters = [var.dc, "x"]
  type        = "service"

  meta {
    a = "b"
    n = 5
  }

  constraint {
    attribute = attr.kernel.name
    value     = "linux"
  }

  constraint {
    operator = "distinct_hosts"
    value    = true
  }

  group "cache" {
    count = var.n

    network {
      port "db" {
        to = 6379
      }

      port "web" {
        static = 80
      }
    }

    service {
      name = "redis"
      port = "db"
      tags = ["a"]

      check {
        type     = "tcp"
        interval = "10s"
        timeout  = "2s"
      }

      meta {
        x = "y"
      }
    }

    task "redis" {
      driver = "docker"

      config {
        image = local.img
        ports = ["db"]
        mount = [{ type = "bind", o = { a = { b = 1 } } }]
        lbl   = { a = NOMAD_ALLOC_ID, deep = { x = 1 } }
      }

      env {
        A = NOMAD_PORT_db
        B = upper("x")
        C = "a\nbQ"
      }

      template {
        data        = "hello\n"
        destination = "local/x"
      }

      resources {
        cpu    = 500
        memory = 256
      }
    }
  }

  group "second" {
    task "t" {
      driver = "exec"

      config {
        command = "x"
      }
    }
  }
}
