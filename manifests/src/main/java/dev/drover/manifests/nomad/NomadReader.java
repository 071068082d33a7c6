package dev.drover.manifests.nomad;

import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A job of Nomad's API in the model's form, the other way of [NomadWriter]; names stay Nomad's,
/// the binder knows them. What is null there is absent here.
public final class NomadReader {
    /// Only Nomad writes this one; and Nomad writes every field, empty ones too.
    private static final String ONLY_NOMADS = "JobModifyIndex";

    private final boolean emptyIsAbsent;

    private NomadReader(Tree.Block job) {
        this.emptyIsAbsent = job.field(ONLY_NOMADS).isPresent();
    }

    /// The job that an object holds: under `Job`, or itself when it has `ID` and `TaskGroups`.
    /// Empty when it is no job of Nomad's.
    public static Optional<Tree.Block> job(Tree.Block object) {
        Optional<Tree> wrapped = object.field("Job").map(Tree.Field::value);
        if (wrapped.isPresent() && wrapped.get() instanceof Tree.Block job) {
            return Optional.of(job);
        }
        boolean bare = object.field("ID").isPresent() && object.field("TaskGroups").isPresent();
        return bare ? Optional.of(object) : Optional.empty();
    }

    /// Name and namespace, as the model's metadata has them.
    public static Tree.Block metadata(Tree.Block job) {
        List<Tree.Field> fields = new ArrayList<>();
        named(job, "ID", "name").ifPresent(fields::add);
        named(job, "Namespace", "namespace").ifPresent(fields::add);
        return new Tree.Block(job.position(), List.of(), fields);
    }

    private static Optional<Tree.Field> named(Tree.Block job, String theirs, String ours) {
        return job.field(theirs)
                .filter(field -> field.value() instanceof Tree.Text)
                .map(field ->
                        new Tree.Field(field.position(), ours, Tree.Form.ARGUMENT, field.value()));
    }

    /// The spec in the model's form.
    public static Tree.Block spec(Tree.Block job) {
        boolean ownName = !Edit.text(job, "Name").equals(Edit.text(job, "ID"));
        return Edit.block(
                new NomadReader(job).stated(job),
                edit -> {
                    edit.remove("ID").remove("Namespace");
                    if (!ownName) {
                        edit.remove("Name");
                    }
                    return edit.object("Periodic", NomadReader::periodic)
                            .each("TaskGroups", NomadReader::group);
                });
    }

    /// Without nulls and empty lists, which say nothing, and, where Nomad itself has written the
    /// job, without empty texts: it writes them where nobody stated anything. In a task's config
    /// they are somebody's.
    private Tree.Block stated(Tree.Block block) {
        List<Tree.Field> fields = new ArrayList<>();
        for (Tree.Field field : block.fields()) {
            boolean opaque = field.name().equals("Config") || field.name().equals("Policy");
            Tree value = opaque ? field.value() : stated(field.value());
            if (!empty(value)) {
                fields.add(new Tree.Field(field.position(), field.name(), field.form(), value));
            }
        }
        return new Tree.Block(block.position(), List.of(), fields);
    }

    private Tree stated(Tree value) {
        return switch (value) {
            case Tree.Block block -> stated(block);
            case Tree.Listing(Position at, List<Tree> items) ->
                    new Tree.Listing(at, items.stream().map(this::stated).toList());
            case Tree.Scalar scalar -> scalar;
        };
    }

    private boolean empty(Tree value) {
        return switch (value) {
            case Tree.Nothing _ -> true;
            case Tree.Text(_, String text) -> emptyIsAbsent && text.isEmpty();
            case Tree.Listing listing -> listing.items().isEmpty();
            case Tree.Block _, Tree.Num _, Tree.Flag _ ->
                    false; // an empty block may be one that was stated
        };
    }

    private static Edit periodic(Edit periodic) {
        return periodic.rename("Spec", "Cron").rename("Specs", "Crons").remove("SpecType");
    }

    private static Edit group(Edit group) {
        return group.each("Networks", NomadReader::network)
                .each("Services", NomadReader::service)
                .mapToList("Volumes", "Name")
                .each("Tasks", NomadReader::task);
    }

    /// A free port has the number 0.
    private static Edit network(Edit network) {
        List<Tree> free =
                network.items("DynamicPorts").stream()
                        .map(port -> (Tree) Edit.of(port).remove("Value").block())
                        .toList();
        List<Tree> ports =
                Stream.concat(network.items("ReservedPorts").stream(), free.stream()).toList();
        return network.remove("ReservedPorts").remove("DynamicPorts").putItems("Ports", ports);
    }

    private static Edit task(Edit task) {
        Optional<Tree> identity = task.value("Identity");
        List<Tree> all =
                Stream.concat(identity.stream(), task.items("Identities").stream()).toList();
        return task.remove("Identity")
                .putItems("Identities", all)
                .each("Services", NomadReader::service)
                .object("Resources", NomadReader::resources)
                .each("ScalingPolicies", NomadReader::taskScaling);
    }

    private static Edit resources(Edit resources) {
        return resources.each("Networks", NomadReader::network);
    }

    private static Edit taskScaling(Edit scaling) {
        String type = Edit.text(scaling.block(), "Type");
        String resource =
                type.startsWith("vertical_") ? type.substring("vertical_".length()) : type;
        return scaling.remove("Type").put("Resource", resource);
    }

    private static Edit service(Edit service) {
        return service.object(
                "Connect",
                connect ->
                        connect.object(
                                        "SidecarTask",
                                        task -> task.object("Resources", NomadReader::resources))
                                .object(
                                        "Gateway",
                                        gateway ->
                                                gateway.object(
                                                        "Proxy",
                                                        proxy ->
                                                                proxy.mapToList(
                                                                        "EnvoyGatewayBindAddresses",
                                                                        "Name"))));
    }
}
