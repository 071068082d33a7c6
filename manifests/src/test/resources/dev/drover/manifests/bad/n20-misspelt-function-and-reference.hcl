variable "image" {
  default = "web"
}

job "web" {
  group "app" {
    meta {
      image = uper(var.image)
      other = var.imgae
    }

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/web"
      }
    }
  }
}
