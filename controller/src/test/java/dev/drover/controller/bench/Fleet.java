package dev.drover.controller.bench;

import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.tree.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Nodes and jobs of the measurements that the bars come from.
final class Fleet {
    private Fleet() {}

    /// A node like those of the measurements of Nomad, in one of 50 racks, with memory for what a
    /// server of today has.
    static Node node(int number) {
        String json =
                """
                {"apiVersion": "drover.dev/v1", "kind": "Node", "metadata": {"name": "node-%d", "uid": "uid-%d"},
                 "spec": {"eligible": true},
                 "status": {"phase": "ready", "because": "it reports", "datacenter": "dc1", "pool": "default",
                  "nodeClass": "", "address": "10.0.0.1", "bootId": "boot",
                  "resources": {"cpu": 140000, "cores": 64, "memoryMib": 262144, "diskMib": 4000000,
                   "dynamicPortMin": 20000, "dynamicPortMax": 32000, "reservedPorts": [22]},
                  "attributes": {"kernel.name": "linux", "os.name": "debian"}, "meta": {"rack": "r%d"},
                  "drivers": {"raw_exec": {"healthy": true, "because": "", "attributes": {}}},
                  "hostVolumes": {}, "reported": 0}}
                """
                        .formatted(number, number, number % 50);
        try {
            return RecordJson.read(Node.class, json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A service of so many copies.
    static Job job(String name, int count, int cpu, int memoryMib, boolean spread) {
        String hcl =
                """
                job "%s" {
                  group "g" {
                    count = %d
                    %s
                    ephemeral_disk {
                      size = 20
                    }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sleep"
                        args    = ["300"]
                      }
                      logs {
                        max_files     = 2
                        max_file_size = 2
                      }
                      resources {
                        cpu    = %d
                        memory = %d
                      }
                    }
                  }
                }
                """
                        .formatted(
                                name,
                                count,
                                spread ? "spread {\nattribute = \"${meta.rack}\"\n}" : "",
                                cpu,
                                memoryMib);
        return switch (Manifests.read(hcl, name, Syntax.HCL, Inputs.none())) {
            case Read.Resources(List<Manifest> manifests, _) -> {
                Job job = (Job) manifests.getFirst().resource();
                yield job.withMetadata(job.metadata().in("default"));
            }
            case Read.Problems(List<Problem> problems, _) ->
                    throw new IllegalStateException(problems.getFirst().text());
        };
    }

    /// Removes a folder with all that is in it.
    static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
