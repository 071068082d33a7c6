package dev.drover.controller.bench;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.tree.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Small jobs that a benchmark runs, and their allocations.
final class Jobs {
    private final Client client;

    Jobs(Client client) {
        this.client = client;
    }

    /// Asks for `count` copies of a program that runs to its end.
    void run(String name, int count, String program, String... arguments) throws IOException {
        String hcl =
                """
                job "%s" {
                  type = "batch"
                  group "g" {
                    count = %d
                    ephemeral_disk {
                      size = 20
                    }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "%s"
                        args    = [%s]
                      }
                      logs {
                        max_files     = 2
                        max_file_size = 2
                      }
                      resources {
                        cpu    = 2
                        memory = 10
                      }
                    }
                  }
                }
                """
                        .formatted(name, count, program, quoted(arguments));
        client.apply(Type.JOBS, job(Manifests.read(hcl, name, Syntax.HCL, Inputs.none())));
    }

    private static String quoted(String... arguments) {
        return Stream.of(arguments)
                .map(a -> '"' + a.replace("\"", "\\\"").replace("$", "$$") + '"')
                .collect(Collectors.joining(", "));
    }

    private static Job job(Read read) {
        return switch (read) {
            case Read.Resources(List<Manifest> manifests, _) -> {
                Job job = (Job) manifests.getFirst().resource();
                yield job.withMetadata(job.metadata().in("default"));
            }
            case Read.Problems(List<Problem> problems, _) ->
                    throw new IllegalStateException(problems.getFirst().text());
        };
    }

    void stop(String name) throws IOException {
        client.stop(new ResourceName("default", name));
    }

    /// Stops what goes on, and waits until nothing does.
    void stopAll() throws IOException {
        Map<String, Long> copies =
                client.list(Type.ALLOCATIONS, "default", Where.ANY).items().stream()
                        .filter(a -> !a.status().phase().terminal())
                        .collect(
                                Collectors.groupingBy(
                                        a -> a.spec().jobName(), Collectors.counting()));
        for (String job : copies.keySet()) {
            stop(job);
        }
        for (Map.Entry<String, Long> job : copies.entrySet()) {
            await(job.getKey(), a -> a.status().phase().terminal(), job.getValue().intValue());
        }
    }

    /// The job's allocations once `count` of them are as they should be.
    List<Allocation> await(String job, Predicate<Allocation> there, int count) throws IOException {
        Where of = Where.field("spec.jobName", job);
        while (true) {
            var listing = client.list(Type.ALLOCATIONS, "default", of);
            List<Allocation> found = listing.items().stream().filter(there).toList();
            if (found.size() >= count) {
                return found;
            }
            try (Watch<Allocation> watch =
                    client.watch(Type.ALLOCATIONS, "default", of, listing.revision())) {
                Optional<Seen<Allocation>> _ = watch.next();
            }
        }
    }

    static Instant started(Allocation allocation) {
        return moment(
                allocation, allocation.status().tasks().values().stream().map(TaskState::started));
    }

    static Instant finished(Allocation allocation) {
        return moment(
                allocation, allocation.status().tasks().values().stream().map(TaskState::finished));
    }

    private static Instant moment(Allocation allocation, Stream<Optional<Instant>> times) {
        return times.flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not yet: " + allocation));
    }
}
