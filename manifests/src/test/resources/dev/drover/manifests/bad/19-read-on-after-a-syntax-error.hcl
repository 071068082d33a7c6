job "a" {
  type = "servce"
  group "g" {
    count = = 3
    task "t" {
      driver = "raw_exec"
      config { comand = "x" }
    }
  }
  group "h" {
    restrat { }
    task "t" {
      driver = "dockr"
      resources { memroy = 10 }
      env = { A = upcase("x"), B = uper("y"), C = var.nope }
  }
}
