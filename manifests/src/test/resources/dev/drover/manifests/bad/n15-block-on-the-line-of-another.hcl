job "web" {
  group "app" { network {
      port "http" {}
    }
  }
}
