package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds what people mean by what they type: a whole name, or the beginning of exactly one.
final class Lookup {
    /// How many candidates are worth naming: one screen is for choosing, not for reading.
    private static final int CANDIDATES_SHOWN = 5;

    /// Shortest beginning that is looked up: one character fits too much.
    private static final int PREFIX_MIN = 2;

    /// What is said of a parameter that [#allocation] reads.
    static final String ALLOCATION =
            "An allocation's id, or its beginning; or a job that runs only one.";

    private final Client client;
    private final String namespace;

    Lookup(Client client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// The resource called `typed`, or the only one whose name begins so.
    <T extends Resource> T one(Type<T> type, String typed) throws IOException, CommandFailure {
        Optional<T> exact = client.find(type, name(type, typed));
        return exact.isPresent() ? exact.get() : byPrefix(type, typed);
    }

    /// The job called `typed`, or the only one whose name begins so.
    Job job(String typed) throws IOException, CommandFailure {
        return one(Type.JOBS, typed);
    }

    /// The allocation called `typed`, or the only one whose id begins so; of a job, the only one
    /// that runs, or that there is when none does.
    Allocation allocation(String typed) throws IOException, CommandFailure {
        Optional<Job> job = client.find(Type.JOBS, name(Type.JOBS, typed));
        if (job.isEmpty()) {
            return one(Type.ALLOCATIONS, typed);
        }
        List<Allocation> all = Listings.allocationsOf(job.get(), client);
        List<Allocation> running =
                all.stream().filter(a -> a.status().phase() == AllocationPhase.RUNNING).toList();
        List<Allocation> meant = running.isEmpty() ? all : running;
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        throw new CommandFailure(
                "job \"%s\" has %d allocations%s"
                        .formatted(typed, meant.size(), running.isEmpty() ? "" : " that run"),
                candidates(meant),
                "`drover status " + typed + "` lists them; name the one you mean");
    }

    private static String candidates(List<? extends Resource> some) {
        return some.stream()
                .limit(CANDIDATES_SHOWN)
                .map(Resource::metadata)
                .map(Metadata::name)
                .collect(Collectors.joining(", "));
    }

    private ResourceName name(Type<?> type, String typed) {
        return type.kind().namespaced()
                ? new ResourceName(namespace, typed)
                : ResourceName.cluster(typed);
    }

    private <T extends Resource> T byPrefix(Type<T> type, String typed)
            throws IOException, CommandFailure {
        if (typed.length() < PREFIX_MIN) {
            throw missing(type, typed);
        }
        List<T> found = beginning(type, typed);
        if (found.isEmpty()) {
            throw missing(type, typed);
        }
        if (found.size() > 1) {
            throw new CommandFailure(
                    "\"" + typed + "\" begins the name of " + found.size() + " " + plural(type),
                    candidates(found),
                    "type more of the one you mean");
        }
        return found.getFirst();
    }

    /// Ids are looked up by the server, in every namespace; names are few enough to list.
    private <T extends Resource> List<T> beginning(Type<T> type, String typed) throws IOException {
        return switch (type.kind()) {
            case ALLOCATION, EVALUATION -> client.beginning(type, typed);
            case JOB,
                    JOB_VERSION,
                    DEPLOYMENT,
                    VARIABLE,
                    GIT_SOURCE,
                    NODE,
                    NAMESPACE,
                    HOLD,
                    SCHEDULER_CONFIG -> {
                String within = type.kind().namespaced() ? namespace : "";
                yield client.list(type, within, Where.ANY).items().stream()
                        .filter(resource -> resource.metadata().name().startsWith(typed))
                        .toList();
            }
        };
    }

    private CommandFailure missing(Type<?> type, String typed) throws IOException {
        if (type.equals(Type.ALLOCATIONS)
                && client.find(Type.JOBS, name(type, typed)).isPresent()) {
            return new CommandFailure(
                    "\"" + typed + "\" is a job, and one of its allocations is meant",
                    "",
                    "`drover status " + typed + "` lists them");
        }
        return absent(type.kind(), name(type, typed));
    }

    /// Nothing of that kind has this name, or a name that begins so.
    static CommandFailure absent(Kind kind, ResourceName name) {
        return new CommandFailure(
                "there is no " + kind.text().toLowerCase(Locale.ROOT) + " \"" + name.name() + "\"",
                kind.namespaced() ? "looked in namespace \"" + name.namespace() + "\"" : "",
                "`drover get " + kind.plural() + "` lists them");
    }

    private static String plural(Type<?> type) {
        return type.kind().plural();
    }
}
