package dev.drover.manifests.nomad;

import dev.drover.manifests.defaults.Completion;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.Unbinder;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A job as Nomad's API has it. Names come from the table of names; here is what differs in form:
/// ports in two lists, volumes by name, objects in a driver's config as lists of one.
public final class NomadWriter {

    private final UnaryOperator<Tree> config;
    private final Map<String, String> strangers;

    /// Whether a port of this number is one that the author chose.
    private final Predicate<Tree> chosen;

    private NomadWriter(
            UnaryOperator<Tree> config, Map<String, String> strangers, Predicate<Tree> chosen) {
        this.config = config;
        this.strangers = strangers;
        this.chosen = chosen;
    }

    /// The object that Nomad's API calls a job. Fields that nobody stated are left out.
    public static Tree.Block job(Job job) {
        return new NomadWriter(NomadWriter::inner, Map.of(), _ -> true).write(job);
    }

    /// What Nomad's own parser makes of the job's file: with the few values that it fills in. The
    /// job is one that was read for this, so configs are as they are to be.
    public static Tree.Block parsed(Job job) {
        return parsed(job, Map.of());
    }

    /// The same with words that the model does not know
    /// ([dev.drover.manifests.tree.Places#strangers]) where they were written: Nomad's parser knows
    /// no words, so a file that is yet to be filled in passes it.
    public static Tree.Block parsed(Job job, Map<String, String> strangers) {
        Tree.Block whole =
                new NomadWriter(config -> config, strangers, NomadWriter::isPositive)
                        .write(job.withSpec(Completion.of(job.spec())));
        return (Tree.Block) operators(whole);
    }

    /// An operator without a name is the usual one.
    private static Tree operators(Tree tree) {
        return switch (tree) {
            case Tree.Block block ->
                    new Tree.Block(
                            block.position(),
                            List.of(),
                            block.fields().stream().map(NomadWriter::operator).toList());
            case Tree.Listing(var position, List<Tree> items) ->
                    new Tree.Listing(position, items.stream().map(NomadWriter::operators).toList());
            case Tree.Scalar scalar -> scalar;
        };
    }

    private static Tree.Field operator(Tree.Field field) {
        boolean unnamed =
                field.name().equals("Operand")
                        && field.value() instanceof Tree.Text(_, String text)
                        && text.isEmpty();
        Tree value =
                unnamed
                        ? new Tree.Text(field.position(), "=")
                        : field.name().equals("Config") ? field.value() : operators(field.value());
        return new Tree.Field(field.position(), field.name(), field.form(), value);
    }

    private Tree.Block write(Job job) {
        Tree.Block spec = new Unbinder(Dialect.NOMAD).tree(job.spec());
        for (Map.Entry<String, String> stranger : strangers.entrySet()) {
            spec = Strangers.put(spec, stranger.getKey(), stranger.getValue());
        }
        return Edit.block(
                spec,
                edit -> {
                    edit.put("ID", job.metadata().name())
                            .putIfAbsent("Name", job.metadata().name());
                    if (!job.metadata().namespace().isEmpty()
                            || strangers.containsKey("namespace")) {
                        edit.put("Namespace", job.metadata().namespace());
                    }
                    if (job.spec().groups().isEmpty()) { // by this field readers know a job
                        edit.put("TaskGroups", new Tree.Listing(Position.START, List.of()));
                    }
                    return edit.object("Periodic", NomadWriter::periodic)
                            .each("TaskGroups", this::group);
                });
    }

    private static Edit periodic(Edit periodic) {
        periodic.rename("Cron", "Spec").rename("Crons", "Specs");
        boolean timed = periodic.value("Spec").isPresent() || periodic.value("Specs").isPresent();
        return timed ? periodic.put("SpecType", "cron") : periodic;
    }

    private Edit group(Edit group) {
        return group.each("Networks", this::network)
                .each("Services", this::service)
                .object("Scaling", scaling -> scaling.change("Policy", config))
                .listToMap("Volumes", "Name")
                .each("Tasks", this::task);
    }

    private static boolean isPositive(Tree value) {
        return value instanceof Tree.Num(_, BigDecimal number) && number.signum() > 0;
    }

    private Edit network(Edit network) {
        List<Tree> fixed = new ArrayList<>();
        List<Tree> free = new ArrayList<>();
        for (Tree port : network.items("Ports")) {
            boolean isFixed = Edit.of(port).value("Value").filter(chosen).isPresent();
            (isFixed ? fixed : free).add(port);
        }
        return network.remove("Ports")
                .putItems("ReservedPorts", fixed)
                .putItems("DynamicPorts", free);
    }

    private Edit task(Edit task) {
        return identities(task)
                .change("Config", config)
                .each("Services", this::service)
                .object("Resources", this::resources)
                .each("ScalingPolicies", this::taskScaling)
                .each("Secrets", secret -> secret.change("Config", config));
    }

    private Edit resources(Edit resources) {
        return resources.each("Networks", this::network);
    }

    /// The identity without a name is the task's default one.
    private static Edit identities(Edit task) {
        List<Tree> named = new ArrayList<>();
        for (Tree identity : task.items("Identities")) {
            String name = Edit.text(identity, "Name");
            boolean isDefault = name.isEmpty() || name.equals("default");
            if (isDefault && task.value("Identity").isEmpty()) {
                task.put("Identity", identity);
            } else {
                named.add(identity);
            }
        }
        return task.putItems("Identities", named);
    }

    private Edit taskScaling(Edit scaling) {
        String type = "vertical_" + Edit.text(scaling.block(), "Resource");
        return scaling.remove("Resource").put("Type", type).change("Policy", config);
    }

    private Edit service(Edit service) {
        return service.object("Connect", this::connect);
    }

    private Edit connect(Edit connect) {
        return connect.object("SidecarService", sidecar -> sidecar.object("Proxy", this::proxy))
                .object(
                        "SidecarTask",
                        task -> task.change("Config", config).object("Resources", this::resources))
                .object(
                        "Gateway",
                        gateway ->
                                gateway.object(
                                        "Proxy",
                                        proxy ->
                                                proxy.listToMap("EnvoyGatewayBindAddresses", "Name")
                                                        .change("Config", config)));
    }

    private Edit proxy(Edit proxy) {
        return proxy.change("Config", config)
                .each("Upstreams", upstream -> upstream.change("Config", config));
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
            case Tree.Listing(var position, List<Tree> items) ->
                    new Tree.Listing(
                            position,
                            items.stream()
                                    .map(item ->
                                            item instanceof Tree.Block ? inner(item) : listed(item))
                                    .toList());
            case Tree.Scalar scalar -> scalar;
        };
    }
}
