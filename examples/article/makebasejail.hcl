# Builds a root file system and a program as tarballs, each with its checksum beside it, into the folder of a web server.
variable "www" {
  default = "/tmp/drover-article/www" # FreeBSD: /usr/local/www/nginx/nomad
}

job "makebasejail" {
  datacenters = ["dc1"]
  type        = "batch"
  group "makebasejail" {
    count = 1
    task "makebasejail" {
      template {
        # FreeBSD: cd /usr/src; make world DESTDIR=$BASEJAILD; make distribution DESTDIR=$BASEJAILD
        data        = <<EOH
set -e
BASEJAILD=$PWD/local/basejail
rm -rf $BASEJAILD
mkdir -p $BASEJAILD/bin $BASEJAILD/etc
cp /bin/busybox $BASEJAILD/bin/busybox
for name in $(/bin/busybox --list); do
    [ $name = busybox ] || ln -s busybox $BASEJAILD/bin/$name
done
mkdir -p $BASEJAILD/dev
echo nameserver 1.1.1.1 > $BASEJAILD/etc/resolv.conf
mkdir -p ${var.www}
cd $BASEJAILD
tar -czvf ${var.www}/basejail.tgz .
sha256sum ${var.www}/basejail.tgz >${var.www}/basejail.tgz.sum
EOH
        destination = "local/makebasejail.sh"
      }
      driver = "raw_exec"
      config {
        command = "/bin/sh"
        args    = ["local/makebasejail.sh"]
      }
      resources {
        cpu    = 100
        memory = 100
      }
    }
    task "make-http-echo-artifact" {
      template {
        # FreeBSD: pkg install -y go; go get github.com/hashicorp/http-echo; cp ~/go/bin/http-echo t
        data        = <<EOH
set -e
cd local
mkdir -p t
cat > t/http-echo <<'END'
#!/bin/sh
# http-echo -listen :PORT -text TEXT: answers every request with the text.
while [ $# -gt 0 ]; do
    case $1 in
        -listen) port=$(echo "$2" | tr -d :) ;;
        -text) text=$2 ;;
    esac
    shift 2
done
mkdir -p /tmp/http-echo
echo "$text" > /tmp/http-echo/index.html
exec httpd -f -p "$port" -h /tmp/http-echo
END
chmod 755 t/http-echo
cd t
mkdir -p ${var.www}
tar -czvf ${var.www}/http-echo.tgz .
sha256sum ${var.www}/http-echo.tgz >${var.www}/http-echo.tgz.sum
EOH
        destination = "local/make-http-echo.sh"
      }
      driver = "raw_exec"
      config {
        command = "/bin/sh"
        args    = ["local/make-http-echo.sh"]
      }
      resources {
        cpu    = 100
        memory = 100
      }
    }
  }
}
