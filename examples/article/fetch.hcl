# Fetches a page and ends. `--var copies=100` runs it a hundred times.
variable "url" {
  default = "http://127.0.0.1:8080/"
}

variable "copies" {
  default = 1
}

job "fetch" {
  datacenters = ["dc1"]
  type        = "batch"
  group "fetch" {
    count = var.copies
    task "fetch" {
      driver = "raw_exec"
      config {
        command = "/bin/busybox"                   # FreeBSD: /usr/bin/fetch
        args    = ["wget", "-q", "-O", "-", var.url] # FreeBSD: ["-q", "-o", "-", var.url]
      }
      resources {
        cpu    = 10 # a hundred of them fit on one small machine
        memory = 10
      }
    }
  }
}
