package dev.drover.manifests;

import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The shorter forms that job files may use, written out: constraints named after their operator, a
/// task or vault directly in the job. What comes out has the model's own blocks only.
final class JobForms {

    private JobForms() {}

    /// A job's block without short forms.
    static Tree.Block job(Tree.Block job) {
        List<Tree.Field> vaults = blocks(job, "vault").toList();
        List<Tree.Field> secrets = blocks(job, "secret").toList();
        List<Tree.Field> fields = new ArrayList<>();
        blocks(job, "task").forEach(task -> fields.add(groupOf(task, vaults, secrets)));
        for (Tree.Field field : job.fields()) {
            switch (block(field)) {
                case "task" -> {} // in a group of its own, and those come first
                case "group" -> fields.add(replaced(field, group(field, vaults, secrets)));
                case "vault", "secret" -> {} // now in every task
                default -> fields.add(ConstraintForms.writtenOut(field));
            }
        }
        return with(job, fields);
    }

    /// A block that tasks have from what is around them.
    record Shared(Path path, Tree.Field block) {}

    /// The vault and secret blocks outside of tasks: what is wrong in one is wrong where it stands
    /// and once, however many tasks have it; in the job's also when none has.
    static List<Shared> shared(Tree.Block job) {
        List<Shared> shared = new ArrayList<>();
        Stream.concat(blocks(job, "vault"), blocks(job, "secret"))
                .forEach(block -> shared.add(new Shared(step(Path.ROOT, block), block)));
        List<Tree.Block> groups = inside(job, "group").toList();
        int alone = (int) blocks(job, "task").count(); // groups of their own, and first
        for (int i = 0; i < groups.size(); i++) {
            Tree.Block group = groups.get(i);
            String label = group.labels().stream().findFirst().map(Tree.Label::text).orElse("");
            Path path = Path.ROOT.item("groups", alone + i, "group", label);
            boolean taken = inside(group, "task").anyMatch(task -> task.field("vault").isEmpty());
            Stream.concat(
                            taken ? blocks(group, "vault") : Stream.empty(),
                            inside(group, "task").findAny().isPresent()
                                    ? blocks(group, "secret")
                                    : Stream.empty())
                    .forEach(block -> shared.add(new Shared(step(path, block), block)));
        }
        return List.copyOf(shared);
    }

    private static Path step(Path around, Tree.Field block) {
        String label =
                block.value() instanceof Tree.Block body
                        ? body.labels().stream().findFirst().map(Tree.Label::text).orElse("")
                        : "";
        return block.name().equals("secret")
                ? around.item("secrets", 0, "secret", label)
                : around.field("vault");
    }

    private static Stream<Tree.Block> inside(Tree.Block block, String name) {
        return blocks(block, name)
                .map(Tree.Field::value)
                .filter(Tree.Block.class::isInstance)
                .map(Tree.Block.class::cast);
    }

    private static Tree.Field groupOf(
            Tree.Field task, List<Tree.Field> vaults, List<Tree.Field> secrets) {
        if (!(task.value() instanceof Tree.Block block)) {
            return task;
        }
        Tree.Field inner =
                replaced(task, new Tree.Block(block.position(), block.labels(), block.fields()));
        Tree.Block group = new Tree.Block(block.position(), block.labels(), List.of(inner));
        Tree.Field field = new Tree.Field(task.position(), "group", task.form(), group);
        return replaced(field, group(field, vaults, secrets));
    }

    private static Tree group(
            Tree.Field group, List<Tree.Field> jobVaults, List<Tree.Field> jobSecrets) {
        if (!(group.value() instanceof Tree.Block block)) {
            return group.value();
        }
        List<Tree.Field> own = blocks(block, "vault").toList();
        List<Tree.Field> vaults = own.isEmpty() ? jobVaults : own;
        List<Tree.Field> secrets =
                Stream.concat(blocks(block, "secret"), jobSecrets.stream()).toList();
        List<Tree.Field> fields = new ArrayList<>();
        for (Tree.Field field : block.fields()) {
            switch (block(field)) {
                case "task" -> fields.add(replaced(field, task(field, vaults, secrets)));
                case "vault", "secret" -> {} // now in every task
                case "network" -> fields.add(network(field));
                case "service" -> fields.add(service(field));
                default -> fields.add(ConstraintForms.writtenOut(field));
            }
        }
        return with(block, fields);
    }

    /// Ports with a number of their own were once blocks of another name.
    private static Tree.Field network(Tree.Field network) {
        if (!(network.value() instanceof Tree.Block block)) {
            return network;
        }
        List<Tree.Field> fields =
                block.fields().stream()
                        .map(field ->
                                block(field).equals("reserved_ports")
                                        ? new Tree.Field(
                                                field.position(),
                                                "port",
                                                field.form(),
                                                field.value())
                                        : field)
                        .toList();
        return replaced(network, with(block, fields));
    }

    private static Tree task(Tree.Field task, List<Tree.Field> vaults, List<Tree.Field> secrets) {
        if (!(task.value() instanceof Tree.Block block)) {
            return task.value();
        }
        List<Tree.Field> fields = new ArrayList<>();
        for (Tree.Field field : block.fields()) {
            switch (field.name()) {
                case "resources" -> fields.add(resources(field));
                case "service" -> fields.add(service(field));
                default -> fields.add(ConstraintForms.writtenOut(field));
            }
        }
        if (block.field("vault").isEmpty()) {
            fields.addAll(vaults);
        }
        fields.addAll(secrets);
        return with(block, fields);
    }

    /// A sidecar asks for devices as tasks do.
    private static Tree.Field service(Tree.Field service) {
        return within(
                service,
                "connect",
                connect ->
                        within(
                                connect,
                                "sidecar_task",
                                task -> within(task, "resources", JobForms::resources)));
    }

    /// A block whose blocks of one name are changed.
    private static Tree.Field within(
            Tree.Field field, String name, UnaryOperator<Tree.Field> change) {
        if (!(field.value() instanceof Tree.Block block)) {
            return field;
        }
        List<Tree.Field> fields =
                block.fields().stream()
                        .map(inner -> inner.name().equals(name) ? change.apply(inner) : inner)
                        .toList();
        return replaced(field, with(block, fields));
    }

    private static Tree.Field resources(Tree.Field resources) {
        if (!(resources.value() instanceof Tree.Block block)) {
            return resources;
        }
        List<Tree.Field> fields =
                block.fields().stream()
                        .map(field ->
                                field.name().equals("network") ? network(field) : device(field))
                        .toList();
        return replaced(resources, with(block, fields));
    }

    private static Tree.Field device(Tree.Field field) {
        if (!field.name().equals("device") || !(field.value() instanceof Tree.Block block)) {
            return field;
        }
        return replaced(
                field,
                with(block, block.fields().stream().map(ConstraintForms::writtenOut).toList()));
    }

    private static Stream<Tree.Field> blocks(Tree.Block block, String name) {
        return block.fields().stream().filter(field -> block(field).equals(name));
    }

    /// A block's name; empty for an argument, which the binder refuses where it has no place.
    private static String block(Tree.Field field) {
        return field.form() == Tree.Form.BLOCK ? field.name() : "";
    }

    private static Tree.Field replaced(Tree.Field field, Tree value) {
        return new Tree.Field(field.position(), field.name(), field.form(), value);
    }

    private static Tree.Block with(Tree.Block block, List<Tree.Field> fields) {
        return new Tree.Block(block.position(), block.labels(), fields);
    }
}
