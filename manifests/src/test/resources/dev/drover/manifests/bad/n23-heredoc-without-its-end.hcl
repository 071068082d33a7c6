job "web" {
  group "app" {
    task "api" {
      driver = "raw_exec"

      config {
        command = "local/run.sh"
      }

      template {
        destination = "local/run.sh"
        data        = <<EOF
echo hello
  EOT
      }
    }
  }
}
