package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.wire.FromNode.Ask;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.store.typed.Tables;
import java.util.List;
import java.util.Optional;

/// What a node may know for one of its tasks: the services of the task's namespace, and the
/// variables that are named after its job, its group and itself. A node that asks for others has
/// been taken over, or runs an older job: it is told no, and why.
final class Known {
    private static final String ROOT = "nomad/jobs";

    private final Tables tables;
    private final Offers offers;
    private final String node;

    /// As of the newest state, for that node.
    Known(Tables tables, String node) {
        this.tables = tables;
        this.offers = new Offers(tables);
        this.node = node;
    }

    /// Whether the question may stand: its allocation runs on the node.
    boolean stands(Ask ask) {
        return allocation(ask).isPresent();
    }

    private Optional<Allocation> allocation(Ask ask) {
        return tables.allocations()
                .get(ask.namespace(), ask.allocation())
                .filter(a -> a.spec().node().equals(node))
                .filter(a -> !a.status().phase().terminal());
    }

    Knowledge about(Ask ask) {
        Optional<Allocation> allocation = allocation(ask);
        if (allocation.isEmpty()) {
            return new Knowledge.Denied("its allocation does not run on this node");
        }
        Optional<TaskGroup> group = group(tables, allocation.get());
        if (group.filter(g -> g.task(ask.task()).isPresent()).isEmpty()) {
            return new Knowledge.Denied("its allocation has no task \"" + ask.task() + "\"");
        }
        List<String> paths = paths(allocation.get(), ask.task());
        return switch (ask.inquiry()) {
            case Inquiry.Variable(String path) when paths.contains(path) ->
                    variable(ask.namespace(), path);
            case Inquiry.Variable _ ->
                    new Knowledge.Denied(
                            "a task may read the variables " + String.join(", ", paths));
            case Inquiry.Variables(String prefix) ->
                    new Knowledge.Paths(
                            paths.stream()
                                    .filter(path -> path.startsWith(prefix))
                                    .filter(path ->
                                            tables.variables()
                                                    .get(ask.namespace(), path)
                                                    .isPresent())
                                    .toList());
            case Inquiry.Service(String name) ->
                    passing(List.of(new ResourceName(ask.namespace(), name)));
            case Inquiry.Services() ->
                    passing(
                            offers.services().stream()
                                    .filter(name -> name.namespace().equals(ask.namespace()))
                                    .toList());
        };
    }

    private Knowledge variable(String namespace, String path) {
        return tables.variables()
                .get(namespace, path)
                .map(Variable::spec)
                .<Knowledge>map(Knowledge.Items::new)
                .orElseGet(Knowledge.Nothing::new);
    }

    /// What their checks say is for people: it would change, and render a template, all the time.
    private Knowledge passing(List<ResourceName> services) {
        return new Knowledge.Instances(
                offers.of(services).stream()
                        .filter(ServiceInstance::passing)
                        .map(ServiceInstance::withoutChecks)
                        .toList());
    }

    /// The group that an allocation is of, as its author wrote it.
    static Optional<TaskGroup> group(Tables tables, Allocation allocation) {
        String version =
                JobVersion.nameOf(allocation.spec().jobUid(), allocation.spec().jobVersion());
        return tables.jobVersions()
                .get(allocation.metadata().namespace(), version)
                .flatMap(v -> v.spec().job().group(allocation.spec().group()));
    }

    /// A job that was launched by another one reads that one's.
    private List<String> paths(Allocation allocation, String task) {
        String job = allocation.spec().jobName();
        String named =
                tables.jobs()
                        .get(allocation.metadata().namespace(), job)
                        .flatMap(this::parent)
                        .orElse(job);
        String ofJob = ROOT + "/" + named;
        String ofGroup = ofJob + "/" + allocation.spec().group();
        return List.of(ROOT, ofJob, ofGroup, ofGroup + "/" + task);
    }

    private Optional<String> parent(Job job) {
        return job.metadata().ownerReferences().stream()
                .filter(owner -> owner.kind() == Kind.JOB)
                .flatMap(owner ->
                        tables.jobs().get(job.metadata().namespace(), owner.name()).stream())
                .filter(job::launchedBy)
                .map(parent -> parent.metadata().name())
                .findFirst();
    }
}
