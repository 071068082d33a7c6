package dev.drover.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Manifests of jobs that tests run, written where they ask for them; each method answers the path.
record JobFiles(Path folder) {
    /// What failed is not tried elsewhere.
    private static final String NOT_AGAIN = "attempts = 0\nunlimited = false";

    /// A batch job that has nothing to do, at these times.
    String periodic(String name, String times) throws IOException {
        String hcl =
                """
                job "%s" {
                  type = "batch"
                  periodic {
                    crons            = ["%s"]
                    prohibit_overlap = true
                  }
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                    }
                  }
                }
                """
                        .formatted(name, times);
        return Files.writeString(folder.resolve(name + ".hcl"), hcl).toString();
    }

    /// A batch job that says what it was dispatched with.
    String parameterized(String name) throws IOException {
        String hcl =
                """
                job "%s" {
                  type = "batch"
                  parameterized {
                    payload       = "required"
                    meta_required = ["size"]
                  }
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      dispatch_payload {
                        file = "in.txt"
                      }
                      config {
                        command = "/bin/sh"
                        args    = ["-c", "echo $NOMAD_META_size; cat $NOMAD_TASK_DIR/in.txt"]
                      }
                    }
                  }
                }
                """
                        .formatted(name);
        return Files.writeString(folder.resolve(name + ".hcl"), hcl).toString();
    }

    /// One copy that keeps a story, which goes with it to other nodes.
    String migrating(String name) throws IOException {
        String hcl =
                """
                job "%s" {
                  group "app" {
                    ephemeral_disk {
                      sticky  = true
                      migrate = true
                    }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sh"
                        args    = ["-c", <<-EOF
                          echo $NOMAD_ALLOC_ID >>$NOMAD_ALLOC_DIR/data/story
                          echo $NOMAD_ALLOC_ID >>$NOMAD_TASK_DIR/notes
                          trap 'sleep 0.3; echo end >>$NOMAD_ALLOC_DIR/data/story; exit 0' INT
                          while :; do sleep 0.05; done
                        EOF
                        ]
                      }
                    }
                  }
                }
                """
                        .formatted(name);
        return Files.writeString(folder.resolve(name + ".hcl"), hcl).toString();
    }

    /// A batch job that no node of this cluster may run.
    String nowhere(String name) throws IOException {
        String hcl =
                """
                job "%s" {
                  type = "batch"
                  constraint {
                    attribute = "${attr.kernel.name}"
                    value     = "plan9"
                  }
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                    }
                  }
                }
                """
                        .formatted(name);
        return Files.writeString(folder.resolve(name + ".hcl"), hcl).toString();
    }

    /// A service of copies that sleep, spread over the nodes.
    String service(String name, int count, int seconds, String policy) throws IOException {
        return service(name, count, seconds, policy, "exec /bin/sleep " + seconds, NOT_AGAIN);
    }

    String service(String name, int count, int seconds, String policy, String script, String again)
            throws IOException {
        String hcl =
                """
                job "%s" {
                  update {
                    min_healthy_time  = "1s"
                    healthy_deadline  = "20s"
                    progress_deadline = "40s"
                    %s
                  }
                  group "app" {
                    count = %d
                    spread {
                      attribute = "${node.unique.name}"
                    }
                    migrate {
                      min_healthy_time = "4s"
                    }
                    restart {
                      attempts = 0
                      mode     = "fail"
                    }
                    reschedule {
                      %s
                    }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sh"
                        args    = ["-c", "%s"]
                      }
                      resources {
                        cpu    = 20
                        memory = 16
                      }
                    }
                  }
                }
                """
                        .formatted(name, policy, count, again, script);
        return Files.writeString(folder.resolve(name + "-" + seconds + ".hcl"), hcl).toString();
    }
}
