job "web" {
  group "app" {
    task "api" {
      driver = "dokcer"

      config {
        image = "web"
      }
    }
  }
}
