# A jail by hand: raw_exec starts jail(8), whose root is the task's own folder, filled by two artifacts.
variable "server" {
  default = "127.0.0.1:8080"
}

variable "http_echo_sum" {
  description = "what makebasejail wrote to http-echo.tgz.sum"
}

variable "basejail_sum" {
  description = "what makebasejail wrote to basejail.tgz.sum"
}

variable "jail" {
  default = "/usr/sbin/jail" # Linux: examples/article/standin/jail, its absolute path
}

job "hello" {
  datacenters = ["dc1"]
  group "example" {
    task "hello" {
      driver = "raw_exec"
      artifact {
        source      = "http://${var.server}/http-echo.tgz"
        destination = "/usr/local/bin"
        options {
          checksum = "sha256:${var.http_echo_sum}"
        }
      }
      artifact {
        source      = "http://${var.server}/basejail.tgz"
        destination = "."
        options {
          checksum = "sha256:${var.basejail_sum}"
        }
      }
      config {
        command = var.jail
        # jail -c jid=1 name=build exec.start=./sleep path=/zroot/jails/build
        args = [
          "-c", # the article prints -C, which only cleans up
          "name=${NOMAD_ALLOC_ID}",
          "exec.start=/usr/local/bin/http-echo -listen :5678 -text hello",
          # yes /.. is needed as NOMAD_TASK_DIR will be the rootfs from basejail.tgz + local/
          "path=${NOMAD_TASK_DIR}/..",
          "ip4=inherit",
          "host.hostname=${NOMAD_ALLOC_NAME}",
        ]
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
