package dev.drover.manifests.nomad;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.Unbinder;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/// A job as Nomad's API has it. Names come from the table of names; here is what differs in form:
/// ports in two lists, volumes by name, objects in a driver's config as lists of one.
public final class NomadWriter {

    private NomadWriter() {}

    /// The object that Nomad's API calls a job. Fields that nobody stated are left out.
    public static Tree.Block job(Job job) {
        Tree.Block spec = new Unbinder(Dialect.NOMAD).tree(job.spec());
        return Edit.block(
                spec,
                edit -> {
                    edit.put("ID", job.metadata().name())
                            .putIfAbsent("Name", job.metadata().name());
                    if (!job.metadata().namespace().isEmpty()) {
                        edit.put("Namespace", job.metadata().namespace());
                    }
                    return edit.object("Periodic", NomadWriter::periodic)
                            .each("TaskGroups", NomadWriter::group);
                });
    }

    private static Edit periodic(Edit periodic) {
        periodic.rename("Cron", "Spec").rename("Crons", "Specs");
        boolean timed = periodic.value("Spec").isPresent() || periodic.value("Specs").isPresent();
        return timed ? periodic.put("SpecType", "cron") : periodic;
    }

    private static Edit group(Edit group) {
        return group.each("Networks", NomadWriter::network)
                .each("Services", NomadWriter::service)
                .object("Scaling", scaling -> scaling.change("Policy", NomadWriter::inner))
                .listToMap("Volumes", "Name")
                .each("Tasks", NomadWriter::task);
    }

    private static Edit network(Edit network) {
        List<Tree> fixed = new ArrayList<>();
        List<Tree> free = new ArrayList<>();
        for (Tree port : network.items("Ports")) {
            boolean isFixed = Edit.of(port).value("Value").isPresent();
            (isFixed ? fixed : free).add(port);
        }
        return network.remove("Ports")
                .putItems("ReservedPorts", fixed)
                .putItems("DynamicPorts", free);
    }

    private static Edit task(Edit task) {
        return identities(task)
                .change("Config", NomadWriter::inner)
                .each("Services", NomadWriter::service)
                .object("Resources", resources -> resources.each("Networks", NomadWriter::network))
                .each("ScalingPolicies", NomadWriter::taskScaling)
                .each("Secrets", secret -> secret.change("Config", NomadWriter::inner));
    }

    /// The identity without a name is the task's default one.
    private static Edit identities(Edit task) {
        List<Tree> named = new ArrayList<>();
        for (Tree identity : task.items("Identities")) {
            String name = Edit.text(identity, "Name");
            if (name.isEmpty() || name.equals("default")) {
                task.put("Identity", identity);
            } else {
                named.add(identity);
            }
        }
        return task.putItems("Identities", named);
    }

    private static Edit taskScaling(Edit scaling) {
        String type = "vertical_" + Edit.text(scaling.block(), "Resource");
        return scaling.remove("Resource").put("Type", type).change("Policy", NomadWriter::inner);
    }

    private static Edit service(Edit service) {
        return service.object("Connect", NomadWriter::connect);
    }

    private static Edit connect(Edit connect) {
        return connect.object(
                        "SidecarService", sidecar -> sidecar.object("Proxy", NomadWriter::proxy))
                .object("SidecarTask", task -> task.change("Config", NomadWriter::inner))
                .object(
                        "Gateway",
                        gateway ->
                                gateway.object(
                                        "Proxy",
                                        proxy ->
                                                proxy.listToMap("EnvoyGatewayBindAddresses", "Key")
                                                        .change("Config", NomadWriter::inner)));
    }

    private static Edit proxy(Edit proxy) {
        return proxy.change("Config", NomadWriter::inner)
                .each("Upstreams", upstream -> upstream.change("Config", NomadWriter::inner));
    }

    // ---- values without a schema

    /// What a config holds: the outermost object as it is.
    private static Tree inner(Tree config) {
        return config instanceof Tree.Block block
                ? new Tree.Block(
                        block.position(),
                        List.of(),
                        block.fields().stream().map(NomadWriter::listedField).toList())
                : config;
    }

    private static Tree.Field listedField(Tree.Field field) {
        return new Tree.Field(field.position(), field.name(), field.form(), listed(field.value()));
    }

    /// An object is a list of one; the objects of a list are its items.
    private static Tree listed(Tree value) {
        return switch (value) {
            case Tree.Block block -> new Tree.Listing(block.position(), List.of(inner(block)));
            case Tree.Listing(var position, List<Tree> items)
                    when items.stream().allMatch(Tree.Block.class::isInstance) ->
                    new Tree.Listing(position, items.stream().map(NomadWriter::inner).toList());
            case Tree.Listing(var position, List<Tree> items) ->
                    new Tree.Listing(position, items.stream().map(NomadWriter::listed).toList());
            case Tree.Scalar scalar -> scalar;
        };
    }
}
