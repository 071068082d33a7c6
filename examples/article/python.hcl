# A jail by hand in a script that a template writes: it builds the program's start file, traps the stop signal and removes
# the jail.
variable "server" {
  default = "127.0.0.1:8080"
}

variable "basejail_sum" {
  description = "what makebasejail wrote to basejail.tgz.sum"
}

variable "jail" {
  default = "jail" # Linux: examples/article/standin/jail, its absolute path
}

job "python" {
  datacenters = ["dc1"]
  group "python" {
    task "python" {
      driver = "raw_exec"
      artifact {
        source      = "http://${var.server}/basejail.tgz"
        destination = "."
        options {
          checksum = "sha256:${var.basejail_sum}"
        }
      }
      config {
        command = "/bin/sh"
        args    = ["local/start.sh"]
      }
      # This builds 2 shell scripts in local/
      template {
        destination = "local/start.sh"
        # FreeBSD: run.sh is "pkg install -y python3" and "exec python3 -m http.server"
        data        = <<EOH
_term() {
    echo "Caught SIGINT signal!"
    echo "removing jail ${NOMAD_ALLOC_ID}"
    ${var.jail} -r ${NOMAD_ALLOC_ID}
}
trap _term 2
echo "hello world" >> local/index.html
cd local
JAILDIR="${NOMAD_TASK_DIR}/.."
echo "jaildir: $JAILDIR"
echo "cd /local" >run.sh
echo "exec httpd -f -p 8000" >>run.sh
${var.jail} -c name=${NOMAD_ALLOC_ID} exec.start="/bin/sh local/run.sh" path="$JAILDIR" ip4=inherit host.hostname=${NOMAD_ALLOC_NAME} &
wait
EOH
      }
      resources {
        network {
          mbits = 10
          port "http" {
            static = "8000"
          }
        }
      }
    }
  }
}
