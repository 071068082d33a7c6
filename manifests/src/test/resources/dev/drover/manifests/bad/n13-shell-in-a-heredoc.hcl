job "web" {
  group "app" {
    task "api" {
      driver = "raw_exec"

      template {
        destination = "local/run.sh"
        data        = <<EOF
echo ${1:-nobody}
EOF
      }

      config {
        command = "local/run.sh"
      }
    }
  }
}
