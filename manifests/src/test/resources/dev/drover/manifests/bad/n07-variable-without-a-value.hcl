variable "node_id" {
  type = string
}

job "web" {
  group "app" {
    constraint {
      attribute = "${node.unique.id}"
      value     = var.node_id
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
