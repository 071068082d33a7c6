job "web" {
  group "app" {
    dynamic "task" {
      for_each = ["a", "b"]

      content {
        driver = "raw_exec"

        config {
          command = "/bin/${task.value}"
        }
      }
    }
  }
}
